// Writes the pages of docs/ that are made from the program itself.
import { writeFileSync } from 'node:fs';
import { configurationDocument } from '#config/document.ts';

writeFileSync(new URL('configuration.md', import.meta.url), configurationDocument());
