/** Bodies of issues as GitHub creates them from the forms. Asserts nothing. */

/** `### Label`, a blank line, the response; `_No response_` for an empty field. */
export const bodyOf = (answers: Readonly<Record<string, string>>): string =>
  Object.entries(answers)
    .map(([label, value]) => `### ${label}\n\n${value === '' ? '_No response_' : value}`)
    .join('\n\n');

/** A change at night of the sample handbook's platform team, when Łukasz is primary and Siân secondary. */
export const CHANGE = {
  Service: 'Modernisation Platform (modernisation-platform)',
  Summary: 'Replace the network routers',
  'What changes': 'Both routers, one after the other.',
  'Scheduled start': '2027-01-06T23:00',
  'Scheduled end': '2027-01-07T01:00',
  'Time zone': 'Europe/London',
  'Expected effect on services and users': 'Two minutes without connections.',
  'Rollback plan': 'Put the old ones back.',
  'Who will be there': 'Two of us, on the channel.',
  'Slack channel': '#router-change',
} as const;

/** Amara and Ben swap two in-hours weeks. */
export const SWAP = {
  'Rota and role': 'paas/in-hours/engineer',
  'My turn': '2027-03-01',
  'Their turn': '2027-03-08',
  From: '',
  To: '',
  'With whom': 'Ben Adeyemi (ben-adeyemi)',
  Why: 'A course.',
} as const;

/** Two alerts of the sample's night of 3 January 2027, when Sofia is on call. */
export const CLAIM = {
  'First alert': '2027-01-03T02:10',
  'Worked until': '2027-01-03T04:25',
  'Further alerts': '2027-01-03T02:40\n2027-01-03T06:00 until 2027-01-03T06:30',
  'Did it wake you': 'Yes',
  'Zone of these times': '',
} as const;

/** Zoë joins the developers of the sample's second line, who have three people. */
export const JOIN = {
  'Who will join': 'Zoë Quinn',
  'Their GitHub name': 'zoe-quinn',
  'Which rota and role': 'govpress/development-support/developer',
  Skills: 'developer',
  'PagerDuty user': 'PZOEQU1',
  'Vetted on': '2026-12-14',
  'Agreed to be on call on': '',
  'Delivery lead': 'Bronwen Hughes (bronwen-hughes)',
} as const;

/** Everything that Zoë needs before. */
export const JOIN_ITEMS =
  'vetting site-vault cloud-login older-infrastructure staging-sites vpn logs tools documentation incident-app channels';

/** A client's question about a website. */
export const TICKET = {
  'Affected service': 'Lincolnshire website (lincolnshire-website)',
  'How urgent is it': '',
  'What happened': 'The search finds nothing.',
} as const;

/** A critical incident of the sample's platform. */
export const INCIDENT = {
  'Service with the incident': 'Modernisation Platform (modernisation-platform)',
  'Why it is critical': '',
  'What is known': 'No application answers.',
  'Chat channel': '#incident-42',
} as const;

/** Dee covers three hours of an evening. */
export const changeBody = (given: Partial<Record<keyof typeof CHANGE, string>> = {}): string =>
  bodyOf({ ...CHANGE, ...given });

export const swapBody = (given: Partial<Record<keyof typeof SWAP, string>> = {}): string =>
  bodyOf({ ...SWAP, ...given });

export const claimBody = (given: Partial<Record<keyof typeof CLAIM, string>> = {}): string =>
  bodyOf({ ...CLAIM, ...given });

export const joinBody = (given: Partial<Record<keyof typeof JOIN, string>> = {}): string =>
  bodyOf({ ...JOIN, ...given });

export const ticketBody = (given: Partial<Record<keyof typeof TICKET, string>> = {}): string =>
  bodyOf({ ...TICKET, ...given });

export const incidentBody = (given: Partial<Record<keyof typeof INCIDENT, string>> = {}): string =>
  bodyOf({ ...INCIDENT, ...given });
