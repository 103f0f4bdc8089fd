/** Where calendars lie below the output folder: their one naming, for those who write them and those who link to them. */

export const ALL = 'calendars/all.ics';
export const rotaFeed = (id: string): string => `calendars/rotas/${id}.ics`;
export const personFeed = (id: string): string => `calendars/people/${id}.ics`;
export const teamFeed = (id: string): string => `calendars/teams/${id}.ics`;
/** Where the list of calendars lies; an output folder is known by it. */
export const FEED_LIST = 'calendars/index.json';

/** The only paths that calendars have, so that a list from elsewhere can name no other file. */
export const isFeedPath = (path: string): boolean =>
  /^calendars\/(all|(people|teams)\/[a-z0-9-]{1,64}|rotas\/[a-z0-9-]{1,64}\/[a-z0-9-]{1,64})\.ics$/.test(
    path,
  );
