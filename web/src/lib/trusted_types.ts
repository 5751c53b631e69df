interface Policies {
  createPolicy(name: string, rules: Record<string, (text: string) => string | null>): unknown;
}

/**
 * The one policy that the site is allowed. Libraries empty an element with `innerHTML = ''` and
 * start a worker from a file of the site; nothing else becomes markup or script.
 */
export function installPolicy(): void {
  const policies = (window as unknown as { trustedTypes?: Policies }).trustedTypes;
  policies?.createPolicy('default', {
    createHTML: (text) => (text === '' ? text : null),
    createScript: () => null,
    createScriptURL: (text) => {
      const url = new URL(text, location.href);
      return url.origin === location.origin && url.pathname.startsWith('/assets/') ? text : null;
    },
  });
}
