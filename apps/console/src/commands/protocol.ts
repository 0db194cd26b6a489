export function isOcpp16(protocol: string | undefined): boolean {
  return protocol === 'ocpp1.6';
}
