import 'maplibre-gl/dist/maplibre-gl.css';

import * as maplibre from 'maplibre-gl';
import workerAddress from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useEffect, useRef, useState } from 'react';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlasAddress from 'us-atlas/counties-10m.json?url';

import { m } from '@/messages';

maplibre.setWorkerUrl(workerAddress);

export interface MapPoint {
  id: string;
  longitude: number;
  latitude: number;
}

interface CountyMapProps {
  fips: string;
  label: string;
  points: MapPoint[];
  onChoose?: (id: string) => void;
}

type Atlas = Topology<{ counties: GeometryCollection; states: GeometryCollection }>;

async function outlines(fips: string) {
  const atlas = (await (await fetch(atlasAddress)).json()) as Atlas;
  const counties = feature(atlas, atlas.objects.counties);
  const state = fips.slice(0, 2);
  return {
    county: { ...counties, features: counties.features.filter((each) => each.id === fips) },
    around: { ...counties, features: counties.features.filter((each) => String(each.id).startsWith(state)) },
  };
}

function boundsOf(coordinates: unknown, bounds = new maplibre.LngLatBounds()): maplibre.LngLatBounds {
  if (!Array.isArray(coordinates)) return bounds;
  if (typeof coordinates[0] === 'number') return bounds.extend(coordinates as [number, number]);
  for (const each of coordinates) boundsOf(each, bounds);
  return bounds;
}

/** Outlines from a file of the site: no tiles, and nothing from elsewhere. */
export default function CountyMap({ fips, label, points, onChoose }: CountyMapProps) {
  const place = useRef<HTMLDivElement>(null);
  const choose = useRef(onChoose);
  const shownMap = useRef<maplibre.Map>(undefined);
  const [failed, setFailed] = useState(false);
  const shown = JSON.stringify(points);
  useEffect(() => {
    choose.current = onChoose;
  }, [onChoose]);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let map: maplibre.Map | undefined;
    let gone = false;
    const style = getComputedStyle(element);
    const draw = async () => {
      const { county, around } = await outlines(fips);
      if (gone) return;
      const [only] = county.features;
      map = new maplibre.Map({
        container: element,
        attributionControl: false,
        style: {
          version: 8,
          sources: {
            around: { type: 'geojson', data: around as GeoJSON.GeoJSON },
            county: { type: 'geojson', data: county as GeoJSON.GeoJSON },
            points: {
              type: 'geojson',
              data: {
                type: 'FeatureCollection',
                features: (JSON.parse(shown) as MapPoint[]).map((point) => ({
                  type: 'Feature' as const,
                  properties: { id: point.id },
                  geometry: { type: 'Point' as const, coordinates: [point.longitude, point.latitude] },
                })),
              },
            },
          },
          layers: [
            { id: 'around', type: 'line', source: 'around', paint: { 'line-color': style.color, 'line-width': 0.5 } },
            { id: 'fill', type: 'fill', source: 'county', paint: { 'fill-color': '#0072b2', 'fill-opacity': 0.3 } },
            { id: 'edge', type: 'line', source: 'county', paint: { 'line-color': style.color, 'line-width': 2 } },
            { id: 'points', type: 'circle', source: 'points', paint: { 'circle-radius': 5, 'circle-color': '#d55e00', 'circle-stroke-color': '#fff', 'circle-stroke-width': 1 } },
          ],
        },
        ...(only ? { bounds: boundsOf((only.geometry as { coordinates: unknown }).coordinates), fitBoundsOptions: { padding: 60 } } : {}),
      });
      shownMap.current = map;
      // What has come to be drawn, for tests: nothing else can be read from a canvas.
      map.on('idle', () => {
        const drawn = map?.queryRenderedFeatures({ layers: ['points'] }) ?? [];
        element.dataset['points'] = String(new Set(drawn.map((each) => each.properties['id'] as string)).size);
      });
      map.on('click', 'points', (event) => {
        const id: unknown = event.features?.[0]?.properties?.['id'];
        if (typeof id === 'string') choose.current?.(id);
      });
    };
    draw().catch(() => setFailed(true));
    return () => {
      gone = true;
      shownMap.current = undefined;
      map?.remove();
    };
  }, [fips, shown]);
  if (failed) return <p className="state state-error" role="alert">{m.map.failed}</p>;
  return (
    <div>
      <div ref={place} className="map" role="region" aria-label={label} />
      <p className="map-buttons">
        <button type="button" className="usa-button usa-button--outline" onClick={() => shownMap.current?.zoomIn()}>{m.map.zoomIn}</button>{' '}
        <button type="button" className="usa-button usa-button--outline" onClick={() => shownMap.current?.zoomOut()}>{m.map.zoomOut}</button>
      </p>
    </div>
  );
}
