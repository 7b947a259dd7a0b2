// How the page looks: one column along a rail, light and dark, from a phone to a desktop.

export const style = `
:root {
  color-scheme: light dark;
  --page: #f5f5f2; --paper: #ffffff; --ink: #1b1e24; --soft: #5c6470; --line: #dfe1dc; --code: #f2f3ef;
  --ours: #3457b2; --theirs: #23784f; --bad: #b3261e; --bad-soft: #fdecea; --good-soft: #e6f4ec; --ours-soft: #e9eefb; --warm-soft: #fbf1dc; --warm: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161a; --paper: #1d2026; --ink: #e7e9ec; --soft: #9aa3af; --line: #333842; --code: #171a1f;
    --ours: #8fb0ff; --theirs: #74d3a2; --bad: #ff8a80; --bad-soft: #3a1f1e; --good-soft: #17301f; --ours-soft: #1e2a45; --warm-soft: #352a14; --warm: #f0c26a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; -webkit-text-size-adjust: 100%; }
a { color: var(--ours); text-underline-offset: 2px; }
header.page, main, footer.page { max-width: 860px; margin: 0 auto; padding: 0 24px; }
header.page { padding-top: 56px; }
.kicker { margin: 0; color: var(--soft); font-size: 14px; letter-spacing: .02em; }
h1 { font-size: clamp(28px, 5vw, 42px); line-height: 1.12; letter-spacing: -.022em; margin: 6px 0 22px; text-wrap: balance; }
.lead p { margin: 0 0 10px; max-width: 68ch; }
.facts { display: flex; flex-wrap: wrap; gap: 10px 34px; margin: 28px 0 20px; padding: 18px 0; border: solid var(--line); border-width: 1px 0; }
.facts dt { font-size: 26px; font-weight: 650; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.facts dd { margin: 0; color: var(--soft); font-size: 14px; }
.lists summary { cursor: pointer; color: var(--ours); width: fit-content; padding: 3px 0; }
.lists ul, .lists ol { margin: 6px 0 14px; padding-left: 22px; }
.people span { color: var(--soft); font-size: 14px; margin: 0 4px; overflow-wrap: anywhere; }
.day { position: sticky; top: 0; z-index: 1; display: flex; justify-content: space-between; align-items: baseline; gap: 12px; margin: 52px -12px 0; padding: 9px 12px; background: var(--page); border-bottom: 1px solid var(--line); font-weight: 650; }
.day span { color: var(--soft); font-weight: 400; font-size: 14px; }
section { padding-top: 26px; scroll-margin-top: 40px; }
h2 { font-size: 22px; line-height: 1.25; letter-spacing: -.012em; margin: 0 0 4px; text-wrap: balance; }
.about { margin: 0 0 18px; color: var(--soft); max-width: 66ch; }
.later { margin: 22px 0 10px; color: var(--soft); font-weight: 600; font-size: 14px; }
.mail { background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--ours); border-radius: 8px; padding: 14px 18px 12px; margin: 0 0 12px; }
.mail.theirs { border-left-color: var(--theirs); }
.mail.forged { border-left-color: var(--bad); background: linear-gradient(var(--bad-soft), var(--bad-soft)), var(--paper); }
.mail header { display: grid; grid-template-columns: 1fr auto; gap: 2px 14px; align-items: baseline; }
.way { font-size: 15px; }
.way time { color: var(--soft); font-variant-numeric: tabular-nums; margin-right: 6px; }
.way i { font-style: normal; color: var(--soft); }
.way b { font-weight: 600; }
.theirs .way b:first-of-type { color: var(--theirs); }
.ours .way b:first-of-type { color: var(--ours); }
.forged .way b:first-of-type { color: var(--bad); }
.subject { grid-column: 1 / -1; font-weight: 650; overflow-wrap: anywhere; }
.badges { display: flex; flex-wrap: wrap; gap: 4px; justify-content: flex-end; }
.badge { font-size: 12px; line-height: 1.5; padding: 0 7px; border-radius: 20px; white-space: nowrap; background: var(--code); color: var(--soft); }
.badge.sealed { background: var(--ours-soft); color: var(--ours); }
.badge.signed { background: var(--good-soft); color: var(--theirs); }
.badge.bad { background: var(--bad); color: var(--paper); }
.badge.clear { background: var(--warm-soft); color: var(--warm); }
.routine { margin: -4px 0 12px; }
.routine summary { cursor: pointer; color: var(--soft); font-size: 14px; padding: 2px 0 2px 4px; }
.routine summary time { font-variant-numeric: tabular-nums; }
.routine .mail { margin: 6px 0 8px; background: transparent; }
.note { margin: 8px 0 0; font-size: 15px; }
.forged .note { color: var(--bad); }
pre { font: 13.5px/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 10px 0 4px; tab-size: 4; }
.quote { color: var(--soft); }
.command { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 13.5px; font-weight: 650; background: var(--ours-soft); color: var(--ours); border-radius: 4px; padding: 1px 4px; margin-left: -4px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.lead .command { margin: 0; }
.command.done { background: var(--good-soft); color: var(--theirs); }
.command.refused { background: var(--bad-soft); color: var(--bad); text-decoration: line-through; text-decoration-thickness: 1px; }
.forged .command { background: var(--paper); color: var(--bad); }
.outcome { font-weight: 600; font-size: 13px; }
.outcome.done { color: var(--theirs); }
.outcome.refused { color: var(--bad); }
.end { color: var(--soft); }
.more summary, .html summary { cursor: pointer; color: var(--ours); font-size: 14px; width: fit-content; }
iframe { display: block; width: 100%; height: 620px; margin: 8px 0; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
.mail footer { display: flex; flex-wrap: wrap; gap: 2px 16px; margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.claims { list-style: none; margin: 14px 0 0; padding: 0; color: var(--soft); font-size: 15px; }
.claims li { padding-left: 24px; text-indent: -24px; }
.claims li::before { content: "✓"; color: var(--theirs); font-weight: 700; display: inline-block; width: 24px; text-indent: 0; }
footer.page { padding-top: 40px; padding-bottom: 60px; color: var(--soft); font-size: 14px; }
code { font: .92em ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
:focus-visible { outline: 2px solid var(--ours); outline-offset: 2px; }
@media (max-width: 620px) {
  header.page, main, footer.page { padding-left: 14px; padding-right: 14px; }
  header.page { padding-top: 28px; }
  .mail { padding: 12px 12px 10px; }
  .mail header { grid-template-columns: 1fr; }
  .badges { justify-content: flex-start; }
  .facts { gap: 8px 24px; }
  pre, .command { font-size: 12.5px; }
  iframe { height: 520px; }
}
@media print { .day { position: static; } }
`;
