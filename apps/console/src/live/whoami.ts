import { signal } from '@preact/signals';
import type { Role, WhoamiView } from '../api/console-views.js';
import { ACCESS_TEXTS } from '../texts/access.js';

/** Who is signed in; undefined = not known yet. */
export const whoami = signal<WhoamiView | undefined>(undefined);

const RANK = { viewer: 0, field: 1, admin: 2 } as const satisfies Record<Role, number>;

/** Why the one who is signed in may not do what needs this role; undefined = may. The gateway checks it in any case. */
export function whyNotAllowed(needs: Role | undefined): string | undefined {
  const role = whoami.value?.role;
  if (needs === undefined || role === undefined || RANK[role] >= RANK[needs]) return undefined;
  return ACCESS_TEXTS.needs(needs);
}
