// format=flowed text back to paragraphs (RFC 3676), each keeping the quote depth it was sent with.

interface Line {
  readonly depth: number;
  readonly text: string;
}

// RFC 3676 §4.1: count the quote marks, then take off one stuffed space.
function read(line: string): Line {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  const rest = line.slice(depth);
  return { depth, text: rest.startsWith(' ') ? rest.slice(1) : rest };
}

function shown(depth: number, text: string): string {
  if (depth === 0) return text;
  return text === '' ? '>'.repeat(depth) : `${'>'.repeat(depth)} ${text}`;
}

/**
 * Unwraps flowed text (LF lines in, LF lines out). Lines join only at the same quote depth, the signature delimiter never joins (§4.3);
 * with `delSp` the space that marked the soft break goes too (§4.1).
 */
export function unflowed(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { depth: number; pieces: string[] } | undefined;
  const close = () => {
    if (open) out.push(shown(open.depth, open.pieces.join('')));
    open = undefined;
  };
  for (const raw of text.split('\n')) {
    const line = read(raw);
    const delimiter = line.text === '-- ';
    if (open && (open.depth !== line.depth || delimiter)) close();
    const soft = line.text.endsWith(' ') && !delimiter;
    open ??= { depth: line.depth, pieces: [] };
    open.pieces.push(soft && delSp ? line.text.slice(0, -1) : line.text);
    if (!soft) close();
  }
  close();
  return out.join('\n');
}
