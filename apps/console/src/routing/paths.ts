/** Addresses of the pages. */
export const toStation = (id: string) => `/stations/${encodeURIComponent(id)}`;
export const toField = (id: string) => `/field/${encodeURIComponent(id)}`;
export const toCdr = (id: string) => `/cdrs/${encodeURIComponent(id)}`;
export const toPartner = (id: string) => `/partners/${encodeURIComponent(id)}`;
export const toTrace = (correlationId: string) => `/trace/${encodeURIComponent(correlationId)}`;
