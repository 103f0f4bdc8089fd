/** What has to be done before somebody's first turn, and who is asked for it: `policies/onboarding/<id>.yaml`. */
import schema from '../../../../schemas/onboarding.schema.json' with { type: 'json' };
import {
  type AskedForItem,
  type Onboarding,
  type OnboardingItem,
  type PathLocation,
  roleOf,
} from '../../model.ts';
import { eachFile } from '../decode.ts';
import type { Kind } from '../kind.ts';
import {
  idsOf,
  mention,
  namesOf,
  type Registry,
  roleOrPersonMention,
  teamNames,
  type UnknownName,
} from '../mentions.ts';
import { at } from '../raw-data.ts';
import type { WrittenAsked, WrittenOnboarding, WrittenOnboardingItem } from '../written.generated.ts';

const onboarding = (id: string, written: WrittenOnboarding, location: PathLocation): Onboarding => ({
  id,
  name: written.name,
  teams: written.teams ?? [],
  rotas: written.rotas ?? [],
  items: written.items.filter(({ retired }) => retired === undefined).map(item),
  ids: new Set(written.items.map((it) => it.id)),
  location,
});

const item = ({ id, text, ask, link, before }: WrittenOnboardingItem): OnboardingItem => ({
  ...{ id, text, link },
  ask: ask === undefined ? undefined : asked(ask),
  before: before ?? 'first-turn',
});

const asked = (written: WrittenAsked): AskedForItem => {
  if (typeof written === 'string') return { kind: 'role', role: roleOf(written) };
  return 'team' in written
    ? { kind: 'team', team: written.team }
    : { kind: 'person', person: written.person };
};

const itemsOf = (data: unknown): readonly unknown[] => {
  const items = at(data, 'items');
  return Array.isArray(items) ? items : [];
};

const idsIn = (data: unknown): readonly string[] =>
  itemsOf(data).flatMap((it) => {
    const id = at(it, 'id');
    return typeof id === 'string' ? [id] : [];
  });

/** A record of one of two items with the same id could be of either. */
function* itemsTwice({ filesOf }: Registry): Iterable<UnknownName> {
  for (const { file, data } of filesOf('onboarding')) {
    const known = new Set<string>();
    for (const [i, it] of itemsOf(data).entries()) {
      const id = at(it, 'id');
      if (typeof id !== 'string') continue;
      const location: PathLocation = { file, path: ['items', i, 'id'] };
      if (known.has(id))
        yield { location, code: 'item-twice', args: { item: id.slice(0, 100) }, vital: false };
      known.add(id);
    }
  }
}

export const onboardingKind = {
  name: 'onboarding',
  paths: ['policies/onboarding/<id>.yaml'],
  schema,
  definesMore: idsIn,
  mentions: [
    mention('teams.*', 'team', teamNames),
    mention('rotas.*', 'rota', idsOf('rota')),
    roleOrPersonMention('items.*.ask'),
    mention('items.*.ask.person', 'person', namesOf('people')),
    mention('items.*.ask.team', 'team', teamNames),
  ],
  unknownNames: itemsTwice,
  assemble: (files) => ({ onboardings: eachFile(files, onboarding) }),
} as const satisfies Kind<'onboarding'>;
