// A county's name and colours: three custom properties, taken only when they can be read.
import { useSyncExternalStore } from 'react';

export interface Branding {
  name: string | null;
  header: string;
  accent: string;
  accent_text: string;
}

const hex = /^#[0-9a-f]{6}$/i;
const contrastMin = 4.5; // WCAG 2.2, 1.4.3.

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The branding in a county's settings, if it is whole and legible. */
export function brandingOf(settings: Record<string, unknown>): Branding | null {
  const found = settings['branding'] as Partial<Branding> | undefined;
  if (!found || typeof found !== 'object') return null;
  const { header, accent, accent_text: text } = found;
  if (!header || !accent || !text) return null;
  if (![header, accent, text].every((color) => typeof color === 'string' && hex.test(color))) return null;
  if (contrast(header, '#ffffff') < contrastMin || contrast(accent, text) < contrastMin) return null;
  return { name: typeof found.name === 'string' ? found.name : null, header, accent, accent_text: text };
}

const properties = { header: '--county-header', accent: '--county-accent', accent_text: '--county-accent-text' } as const;

let shown: Branding | null = null;
const listeners = new Set<() => void>();

export function showBranding(branding: Branding | null): void {
  const { style } = document.documentElement;
  for (const [member, property] of Object.entries(properties)) {
    const value = branding?.[member as keyof typeof properties];
    if (value) style.setProperty(property, value);
    else style.removeProperty(property);
  }
  shown = branding;
  listeners.forEach((tell) => tell());
}

function subscribe(tell: () => void) {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}

/** What the page is headed with, when a county has said so. */
export const useBrandName = (): string | null => useSyncExternalStore(subscribe, () => shown?.name ?? null);
