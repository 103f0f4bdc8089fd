/** The paths of calendars below the output folder, for writing them and for linking to them. */

export const ALL = 'calendars/all.ics';
export const rotaFeed = (id: string): string => `calendars/rotas/${id}.ics`;
export const personFeed = (id: string): string => `calendars/people/${id}.ics`;
/** As `personFeed`, with in-hours shifts as busy; `busyPeople` says who has it. */
export const busyFeed = (id: string): string => `calendars/people/${id}-busy.ics`;
export const teamFeed = (id: string): string => `calendars/teams/${id}.ics`;
/** The list of calendars; a folder that contains it is recognised as an output folder. */
export const FEED_LIST = 'calendars/index.json';

/** Whether a path is one that calendars have. A list of earlier calendars is untrusted, and could name any file. */
export const isFeedPath = (path: string): boolean => FEED_PATH.test(path);

const FEED_PATH =
  /^calendars\/(all|people\/[a-z0-9-]{1,64}(-busy)?|(teams|rotas\/[a-z0-9-]{1,64})\/[a-z0-9-]{1,64})\.ics$/;
