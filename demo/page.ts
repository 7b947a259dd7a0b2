// The page of a play: one self-contained file to read the incident in order. Nothing in it is fetched from anywhere.
import type { Shown } from '#demo/archive.ts';
import { cardsHtml, cardsOf, escaped } from '#demo/card.ts';
import { style } from '#demo/page-style.ts';
import { cast, roles } from '#demo/people.ts';
import type { Play } from '#demo/record.ts';

interface Scene {
  readonly at: Date;
  readonly title: string;
  readonly about: string;
  readonly mails: Shown[];
  readonly claims: string[];
}

// Frames of the announcement take this over too, so that not even they can fetch.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The whole page. `mails` are in the order of the play's deliveries, `monday` the first day of the first week. */
export function pageOf(play: Play, mails: readonly Shown[], monday: Date): string {
  const scenes = scenesOf(play, mails);
  const sections = scenes.map((scene, index) => `${dayHtml(scene, scenes[index - 1], monday)}${sceneHtml(scene, index, play)}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(play.incident)}: three weeks of an incident, run by mail</title>
<style>${style}</style>
</head>
<body>
${introHtml(play, mails, scenes)}
<main>
${sections.join('\n')}
</main>
<footer class="page">All people and flaws are invented; the mails, keys and signatures are real. <code>npm run demo -- --stay</code> plays it again and lets you take part.</footer>
</body>
</html>
`;
}

function scenesOf({ entries }: Play, mails: readonly Shown[]): Scene[] {
  const scenes: Scene[] = [];
  for (const entry of entries) {
    const scene = scenes.at(-1);
    if (entry.is === 'scene') scenes.push({ at: entry.at, title: entry.title, about: entry.about, mails: [], claims: [] });
    else if (entry.is === 'check') scene?.claims.push(entry.claim);
    else {
      const mail = mails[entry.delivery];
      if (mail) scene?.mails.push(mail);
    }
  }
  return scenes;
}

function introHtml(play: Play, mails: readonly Shown[], scenes: readonly Scene[]): string {
  const sealed = mails.filter((mail) => mail.sealed).length;
  const commands = [...play.remarks.values()].flatMap(({ outcomes }) => [...(outcomes?.values() ?? [])]);
  const facts = [
    [String(mails.length), 'mails'],
    [String(sealed), 'of them sealed'],
    [String(commands.filter((outcome) => outcome === 'done').length), 'commands obeyed'],
    [String(commands.filter((outcome) => outcome === 'refused').length), 'refused'],
    ['0', 'accounts or web forms'],
  ];
  const people = roles.map(
    (role) => `<li><b>${escaped(cast[role].name)}</b> <span>${escaped(cast[role].address)}</span> ${escaped(cast[role].part)}</li>`,
  );
  const contents = scenes.map(({ title }, index) => `<li><a href="#scene-${index + 1}">${escaped(title)}</a></li>`);
  return `<header class="page">
<p class="kicker">embargod, the demo</p>
<h1>Three weeks of a security incident, run by mail</h1>
<div class="lead">
<p><b>What this is.</b> embargod runs a project’s security release process by mail: it takes reports, keeps the team on its dates, informs distributors under embargo, announces, and looks back.</p>
<p><b>What you see.</b> Every mail of one incident, ${escaped(play.incident)}, in order, from the report at night to the retrospective. The daemon, its database, IMAP, SMTP and OpenPGP were the real ones; only the clock was moved.</p>
<p><b>How to read it.</b> Green mails are written by people, blue ones by embargod, red ones by somebody who pretends. A line that begins with <span class="command">/</span> is a command. Routine mails are folded: open them, and each mail’s file as it went over the wire.</p>
<p><b>Whom to trust.</b> Nobody for a From line: commands are obeyed when signed. Whatever cannot be taken back needs a second person. What must be sealed is never sent in clear.</p>
<p><b>What to look for.</b> <a href="#scene-3">the forged command</a>, the reminder of <a href="#forgotten">a date that would have been forgotten</a>, and the notice that <a href="#one-notice-each">no distributor can tell who else has</a>.</p>
</div>
<dl class="facts">${facts.map(([count, what]) => `<div><dt>${count}</dt><dd>${what}</dd></div>`).join('')}</dl>
<div class="lists"><details><summary>Who is in it</summary><ul class="people">${people.join('')}</ul></details><details><summary>All scenes</summary><ol>${contents.join('')}</ol></details></div>
</header>`;
}

const oneDay = 86_400_000;

function dayHtml({ at }: Scene, before: Scene | undefined, monday: Date): string {
  const day = at.toISOString().slice(0, 10);
  if (before?.at.toISOString().slice(0, 10) === day) return '';
  const number = Math.floor((at.getTime() - monday.getTime()) / oneDay);
  return `<div class="day"><time datetime="${day}">${inWords(at)}</time><span>day ${number}</span></div>`;
}

const anchors: Readonly<Record<string, string>> = {
  'A date that would have been forgotten': 'forgotten',
  'One notice each': 'one-notice-each',
};

function sceneHtml(scene: Scene, index: number, play: Play): string {
  const cards = daysWithin(scene, play);
  const claims = scene.claims.map((claim) => `<li>${escaped(claim)}</li>`).join('');
  const anchor = anchors[scene.title];
  return `<section id="scene-${index + 1}">${anchor ? `<a id="${anchor}"></a>` : ''}
<h2>${escaped(scene.title)}</h2>
<p class="about">${escaped(scene.about)}</p>
${cards}
${claims ? `<ul class="claims" aria-label="checked while it happened">${claims}</ul>` : ''}
</section>`;
}

/** The cards of a scene, with a line where it goes on another day. */
function daysWithin({ mails, at }: Scene, { remarks }: Play): string {
  const days = new Map<string, Shown[]>();
  for (const mail of mails) {
    const day = mail.at.toISOString().slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), mail]);
  }
  return [...days]
    .map(([day, those]) => {
      const later =
        day === at.toISOString().slice(0, 10) ? '' : `<p class="later"><time datetime="${day}">${inWords(new Date(day))}</time></p>`;
      return `${later}${cardsHtml(cardsOf(those, remarks))}`;
    })
    .join('\n');
}

function inWords(day: Date): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(day);
}
