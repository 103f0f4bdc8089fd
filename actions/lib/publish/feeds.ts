/** Where calendars lie below the output folder: their one naming, for those who write them and those who link to them. */

export const ALL = 'calendars/all.ics';
export const rotaFeed = (id: string): string => `calendars/rotas/${id}.ics`;
export const personFeed = (id: string): string => `calendars/people/${id}.ics`;
export const teamFeed = (id: string): string => `calendars/teams/${id}.ics`;
