// The words a policy is written in: roles, proofs, audiences and seals, and how lengths, days and hours are spelled.
import { z } from 'zod';
import { type Lapse as LapseText, lapse, type Span, span } from '#time.ts';

export const roles = [
  'member',
  'associate',
  'steering',
  'release-manager',
  'engineer',
  'administrator',
  'commander',
  'lead',
  'fix-team',
  'advisor',
  'distributor',
  'reporter',
] as const;
/** What a person is to the team (from the roster) or to one incident (commander, lead, fix-team, advisor, reporter). */
export type Role = (typeof roles)[number];

export const proofs = ['none', 'domain', 'signed'] as const;
/** How well we know a sender: each is more than the one before. */
export type Proof = (typeof proofs)[number];

export const audiences = [
  'reporter',
  'team',
  'fix-team',
  'steering',
  'distributors',
  'cna',
  'administrator',
  'release-managers',
  'public',
  'operator',
] as const;
/** Who a letter is for. */
export type Audience = (typeof audiences)[number];

/** What a letter demands: encrypted or not at all, encrypted where possible, never encrypted. */
export type Seal = 'must' | 'may' | 'never';

/** Whether one proof is at least as good as another. */
export function atLeast(proof: Proof, wanted: Proof): boolean {
  return proofs.indexOf(proof) >= proofs.indexOf(wanted);
}

/** A span as a team writes it. */
export const Length = z
  .string({ error: 'expected a whole number and s, m, h, d or w, like "24h" or "7d"' })
  .refine((text) => span(text) !== undefined, { error: 'expected a whole number and s, m, h, d or w, like "24h" or "7d"' })
  .transform((text) => text as Span);

/** A span with what is meant by it and what holds where a team says nothing. */
export const lasting = (usual: Span, meaning: string) => Length.prefault(usual).describe(meaning);

const lapseError = 'expected a whole number and s, m, h, d, w, or wd for days of work, like "24h" or "3wd"';
/** A span, or a number of the team's days of work ("3wd"). */
export const Lapse = z
  .string({ error: lapseError })
  .refine((text) => lapse(text) !== undefined, { error: lapseError })
  .transform((text) => text as LapseText);

/** The same with what is meant by it and what holds where a team says nothing. */
export const lapsing = (usual: LapseText, meaning: string) => Lapse.prefault(usual).describe(meaning);

/** A day of the calendar. */
export const Day = z.iso.date({ error: 'expected a day like "2026-03-01"' });
/** A day of the week. */
/** The days of a week, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const Weekday = z.enum(weekdays);
/** An hour of the day. */
export const HourMinute = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time like "16:00"' });
export const SealWord = z.enum(['must', 'may', 'never']);
export const CopiesWord = z.enum(['shared', 'individual']);
/** A name that policies give to things: a command, a class, a step. */
export const Word = z.string().regex(/^[a-z][a-z-]{0,39}$/, { error: 'expected a word of small letters and "-", without "/"' });
