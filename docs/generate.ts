// Writes the pages of docs/ that are made from the program itself: configuration.md, letters.md, commands.md, and where processes.md points (npm run docs).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandsDocument } from '#command/document.ts';
import { configurationDocument } from '#config/document.ts';
import { lettersPage } from '#letter/page.ts';
import { compileTemplates, type Templates } from '#letter/template.ts';
import { filled, shownRows } from '#test/rows.ts';

const shipped = fileURLToPath(new URL('../templates/', import.meta.url));

async function templates(): Promise<Templates> {
  const compiled = await compileTemplates(
    Object.fromEntries(readdirSync(shipped).map((name) => [name, readFileSync(`${shipped}${name}`, 'utf8')])),
  );
  if (Array.isArray(compiled)) throw new Error(compiled.join('\n'));
  return compiled as Templates;
}

const pages = {
  'configuration.md': configurationDocument(),
  'letters.md': lettersPage(await templates()),
  'commands.md': commandsDocument(),
};
for (const [name, text] of Object.entries(pages)) writeFileSync(new URL(name, import.meta.url), text);

// Written by people, but for the pointers to tests.
const processes = new URL('processes.md', import.meta.url);
writeFileSync(processes, filled(readFileSync(processes, 'utf8'), shownRows()));
