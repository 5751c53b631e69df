/**
 * Land uses of Florida's property rolls, by the two digits that the Department of Revenue gives
 * them (F.A.C. 12D-8.008).
 */
export const floridaUses = [
  'Vacant residential', 'Single family', 'Mobile home', 'Multi-family, 10 units or more', 'Condominium',
  'Cooperative', 'Retirement home', 'Other residential', 'Multi-family, under 10 units', 'Residential common area',
  'Vacant commercial', 'Store, one story', 'Store with office or dwelling', 'Department store', 'Supermarket',
  'Regional shopping center', 'Community shopping center', 'Office, one story', 'Office, multi-story', 'Professional services',
  'Airport, terminal or marina', 'Restaurant', 'Drive-in restaurant', 'Bank', 'Insurance office',
  'Repair shop', 'Service station', 'Vehicle sales and repair', 'Parking lot or mobile home park', 'Wholesale outlet',
  'Florist or greenhouse', 'Drive-in theater or open stadium', 'Theater or auditorium', 'Bar or nightclub', 'Bowling, skating or arena',
  'Tourist attraction', 'Camp', 'Race track', 'Golf course', 'Hotel or motel',
  'Vacant industrial', 'Light manufacturing', 'Heavy industry', 'Lumber yard or sawmill', 'Packing plant',
  'Cannery or brewery', 'Other food processing', 'Mineral processing', 'Warehouse', 'Open storage',
  'Improved farmland', 'Cropland, class 1', 'Cropland, class 2', 'Cropland, class 3', 'Timberland, index 90 and more',
  'Timberland, index 80 to 89', 'Timberland, index 70 to 79', 'Timberland, index 60 to 69', 'Timberland, index 50 to 59', 'Timberland, not classified',
  'Grazing land, class 1', 'Grazing land, class 2', 'Grazing land, class 3', 'Grazing land, class 4', 'Grazing land, class 5',
  'Grazing land, class 6', 'Orchard or citrus grove', 'Poultry, bees, fish or rabbits', 'Dairy or feed lot', 'Ornamentals and other farming',
  'Vacant institutional', 'Church', 'Private school', 'Private hospital', 'Home for the aged',
  'Orphanage or charity', 'Mortuary or cemetery', 'Club or lodge', 'Sanitarium or rest home', 'Cultural organization',
  'Vacant government land', 'Military', 'Forest, park or recreation', 'Public school', 'College',
  'Public hospital', 'County', 'State', 'Federal', 'Municipal',
  'Leasehold interest', 'Utility', 'Mining', 'Subsurface rights', 'Right of way',
  'Submerged land', 'Sewage, waste land or marsh', 'Outdoor recreation', 'Centrally assessed', 'Acreage, not agricultural',
];
