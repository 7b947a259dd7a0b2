// To which facet of the vocabulary an event belongs: asked by all that passes events on to the facets, so that each stands in one list only.
import type { CourseEvent } from '#incident/course.ts';
import type { DisclosureEvent } from '#incident/disclosure.ts';
import type { Event } from '#incident/event.ts';
import type { FixEvent } from '#incident/fix.ts';
import type { PartEvent } from '#incident/part.ts';

/** What the facets know of; the rest of the vocabulary stands in event.ts. */
export type FacetEvent = CourseEvent | FixEvent | PartEvent | DisclosureEvent;

/** Whether an event is of the course of an incident. */
export const isCourseEvent = facet<CourseEvent>({
  exposed: true,
  'exposure-withdrawn': true,
  'privacy-asked': true,
  'privacy-answered': true,
  decided: true,
  'upstream-set': true,
  'duplicate-linked': true,
  repeated: true,
  classified: true,
  'embargo-broken': true,
});

/** Whether an event is of the fix and those who make it. */
export const isFixEvent = facet<FixEvent>({
  'fix-team-invited': true,
  'fix-team-left': true,
  'fix-team-told': true,
  'fix-ready': true,
  'fix-unready': true,
  'step-done': true,
  'step-undone': true,
  'step-told': true,
  'patches-attached': true,
  'commits-named': true,
  'patches-reviewed': true,
  'access-requested': true,
  'access-answered': true,
});

/** Whether an event is of the parts that people have in an incident. */
export const isPartEvent = facet<PartEvent>({
  'part-given': true,
  'part-taken': true,
  'part-passed': true,
  'part-opened': true,
  'turn-ended': true,
});

/** Whether an event is of telling those outside. */
export const isDisclosureEvent = facet<DisclosureEvent>({
  'heads-up-released': true,
  'final-notice-released': true,
  'announcement-updated': true,
  'cve-published': true,
});

// The compiler asks for every type of the facet and takes none of another.
function facet<Of extends Event>(types: Readonly<Record<Of['type'], true>>): (event: Event) => event is Of {
  return (event): event is Of => Object.hasOwn(types, event.type);
}
