// Access tokens for XOAUTH2: asked for anew, not waited for without end, never spoken of.
import { atMost } from '#post/pause.ts';

/** A token from whoever gives them, within half a minute. Throws a plain sentence otherwise: the giver's own words may hold secrets. */
export async function tokenFrom(give: () => Promise<string>): Promise<string> {
  const token = await atMost(30_000, Promise.resolve().then(give));
  if (!token) throw new Error('no access token could be had');
  return token;
}
