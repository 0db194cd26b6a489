/** Addresses of the pages. */
export const toStation = (id: string) => `/stations/${encodeURIComponent(id)}`;
/** The stations of a location. */
export const toSite = (locationId: string) => `/stations?filter=${encodeURIComponent(locationId)}`;
export const toDeliveries = (partnerId: string) => `/deliveries?partner_id=${encodeURIComponent(partnerId)}`;
export const toQr = (id: string) => `/qr/${encodeURIComponent(id)}`;
export const toField = (id: string) => `/field/${encodeURIComponent(id)}`;
export const toCdr = (id: string) => `/cdrs/${encodeURIComponent(id)}`;
export const toPartner = (id: string) => `/partners/${encodeURIComponent(id)}`;
export const toTrace = (correlationId: string) => `/trace/${encodeURIComponent(correlationId)}`;
