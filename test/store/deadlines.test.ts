// Deadlines and leases on the embedded database.
import { describe } from 'vitest';
import { onEmbedded } from '#test/store/database.ts';
import { sharedSuite } from '#test/store/suite/shared.ts';

describe('deadlines and leases, on the embedded database', () => sharedSuite(onEmbedded));
