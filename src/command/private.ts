// /private: it was not public after all; the usual dates hold again.
import { defineCommand, happened, refuse } from '#command/command.ts';

export const markPrivate = defineCommand({
  word: 'private',
  help: 'Take the mark "public already" back: the usual dates hold again.',
  examples: ['/private because the issue they meant is about something else'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {},
  because: 'required',
  decide({ because = '' }, { incident, by }) {
    if (incident.announcedAt) return refuse('This incident is announced; it is public.');
    if (!incident.exposure) return refuse('It is not marked as public. /public does that.');
    return happened('No longer marked as public: the usual dates hold again.', { type: 'exposure-withdrawn', by: by.who, because });
  },
});
