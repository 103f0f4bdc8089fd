/** The action stopped at any request to any peer, and run again. */
import { describe, expect, test } from 'vitest';
import { sampled } from '../sampled.ts';
import { busyFriday, endOf, everything, NO_WRITES, told } from './busy-friday.ts';
import { runNotify } from './job.ts';
import { GROUP, type Scene, trafficOf, trafficSince, violationsOf } from './scene.ts';

/** Everything that may be done once only: who was told, and when a post appears. */
const onceEach = (there: Scene, mails: readonly { readonly to: readonly string[] }[]) => {
  const { scheduled, posted } = there.slack.state;
  return [
    ...told(there),
    ...mails.map(({ to }) => to.join()),
    ...[...scheduled, ...posted].map(({ channel, postAt }) => `${channel} ${postAt}`),
    ...there.github.state.issues.map(({ title }) => title),
  ];
};

describe('a run that is stopped at any request, and run again', () => {
  /** The numbers of requests to a peer; of those to GitHub, only writes count. */
  const counts = async () => {
    const [there, { secrets }] = [await busyFriday(), await everything()];
    await runNotify(there, { secrets });
    const { requests, writes } = trafficOf(there);
    return { GitHub: writes.GitHub, Slack: requests.Slack, Zendesk: requests.Zendesk, end: endOf(there) };
  };

  /** Whoever is stopped never learns of the last request to Slack or Zendesk, which is carried out. */
  function stopAt({ github, slack, zendesk }: Scene, peer: keyof typeof NO_WRITES, count: number): void {
    const stop = (slackLeft: number, zendeskAt: number, effect: 'before' | 'after') => {
      github.stopAfter(0);
      slack.stopAfter(slackLeft);
      zendesk.stopAt(zendeskAt, effect);
    };
    const isPast = () => peer === 'GitHub' && trafficOf({ github, slack, zendesk }).writes.GitHub >= count;
    if (peer === 'GitHub') github.stopAfter(count);
    slack.onRequest = () => {
      if (isPast()) stop(0, 0, 'before');
      else if (peer === 'Slack' && slack.requests.length + 1 === count) stop(1, 0, 'before');
    };
    zendesk.onRequest = () => {
      if (isPast()) stop(0, 0, 'before');
      else if (peer === 'Zendesk' && zendesk.requests.length === count) stop(0, count, 'after');
    };
  }

  function goOn({ github, slack, zendesk }: Scene): void {
    for (const it of [slack, zendesk]) it.onRequest = () => {};
    github.stopAfter(Number.POSITIVE_INFINITY);
    slack.resume();
    zendesk.goOn();
  }

  test('comes to the same end, tells nobody twice, and leaves no group without anybody', async () => {
    const { end, ...all } = await counts();
    const points = (['GitHub', 'Slack', 'Zendesk'] as const).flatMap((peer) =>
      Array.from({ length: all[peer] }, (_, i) => [peer, i + 1] as const),
    );
    for (const [peer, count] of sampled(points, 5)) {
      const where = `stopped at ${peer} ${count}`;
      const [there, { mail, teams, secrets }] = [await busyFriday(), await everything()];
      stopAt(there, peer, count);
      await runNotify(there, { secrets });
      goOn(there);
      await there.goTo('2026-09-11T08:54:00Z');
      const second = await runNotify(there, { secrets });
      const before = trafficOf(there);
      await there.goTo('2026-09-11T08:56:00Z');
      await runNotify(there, { secrets });
      expect([where, trafficSince(before, trafficOf(there)).writes]).toEqual([where, NO_WRITES]);
      const [present, once] = [endOf(there), onceEach(there, mail.mails)];
      expect([where, present]).toEqual([where, end]);
      expect([where, once.length]).toEqual([where, new Set(once).size]);
      expect(teams.posts.length).toBeLessThanOrEqual(1);
      const doubtful = second.stdout.match(/may have been sent/g)?.length ?? 0;
      expect([where, told(there).length + mail.mails.length + doubtful >= 6]).toEqual([where, true]);
      const lists = [
        ...there.slack.state.memberships.map(({ users }) => users),
        ...there.zendesk.groups.history.map((it) => it[GROUP] ?? []),
      ];
      expect([where, lists.filter((it) => it.length === 0), violationsOf(there)]).toEqual([where, [], []]);
    }
  });
});
