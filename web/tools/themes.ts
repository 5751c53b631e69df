import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { compileAsync } from 'sass';
import type { Plugin } from 'vite';

const names = ['light', 'dark'] as const;
const root = fileURLToPath(new URL('..', import.meta.url));
const images = `${root}node_modules/@uswds/uswds/dist/img/`;

/** The design system has one theme. Compiled with two sets of tokens, it has two. */
async function compile(name: string): Promise<string> {
  const result = await compileAsync(`${root}src/styles/${name}.scss`, {
    style: 'compressed',
    quietDeps: true,
    logger: { warn: () => undefined, debug: () => undefined },
    loadPaths: [`${root}node_modules/@uswds/uswds/packages`, `${root}src/styles`],
  });
  return result.css;
}

const digest = (bytes: string | Buffer) =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 8);

/** A name in which the content stands, so that the file may be kept for good. */
function hashed(name: string, bytes: string | Buffer): string {
  const dot = name.lastIndexOf('.');
  return `assets/${name.slice(0, dot)}-${digest(bytes)}${name.slice(dot)}`;
}

export function themes(): Plugin {
  const files = new Map<string, string>();
  let building = false;
  return {
    name: 'strikeoff-themes',
    configResolved(config) {
      building = config.command === 'build';
    },
    async buildStart() {
      if (!building) return;
      const emitImage = (path: string) => {
        const source = readFileSync(images + path);
        const fileName = hashed(path.replaceAll('/', '-'), source);
        this.emitFile({ type: 'asset', fileName, source });
        return `/${fileName}`;
      };
      await Promise.all(
        names.map(async (name) => {
          const css = (await compile(name)).replace(
            /url\("?\/img\/([^")]+)"?\)/g,
            (_whole, path: string) => `url(${emitImage(path)})`,
          );
          const fileName = hashed(`${name}.css`, css);
          files.set(name, `/${fileName}`);
          this.emitFile({ type: 'asset', fileName, source: css });
        }),
      );
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = names.find((each) => request.url === `/themes/${each}.css`);
        if (!name) return next();
        compile(name).then((css) => {
          response.setHeader('Content-Type', 'text/css');
          response.end(css);
        }, next);
      });
    },
    transformIndexHtml: () =>
      names.map((name) => ({
        tag: 'link',
        attrs: {
          rel: 'stylesheet',
          href: files.get(name) ?? `/themes/${name}.css`,
          media: `(prefers-color-scheme: ${name})`,
        },
        injectTo: 'head' as const,
      })),
  };
}
