/** Texts with roles in braces, such as the topic of a channel: `On support: {paas/in-hours/engineer}`. */

/** The most characters of a topic in Slack. */
export const LONGEST_TOPIC = 250;

const ROLE_IN_BRACES = /\{([a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+)\}/g;

/** The roles that a text has in braces, in order. */
export const rolesInTopic = (text: string): readonly string[] =>
  [...text.matchAll(ROLE_IN_BRACES)].map(([, role = '']) => role);

/** The text with each role in braces replaced. */
export const filledTopic = (text: string, nameOf: (role: string) => string): string =>
  text.replaceAll(ROLE_IN_BRACES, (_, role: string) => nameOf(role));
