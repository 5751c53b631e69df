// Whether somebody may have signed in here. The session itself is in cookies that no script reads;
// this spares visitors a question whose answer is no.
const key = 'strikeoff.session';

export function mayHaveSession(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return true; // No storage in this browser: then it is asked.
  }
}

export function noteSession(there: boolean): void {
  try {
    if (there) localStorage.setItem(key, 'yes');
    else localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
