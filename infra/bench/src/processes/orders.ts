/**
 * Makes this process take orders from the one that started it; each order ends with one report.
 * @returns sends a report at any other time.
 */
export function serveOrders<Order, Report>(
  obey: (order: Order) => Promise<Report>,
  failed: (reason: string) => Report,
): (report: Report) => void {
  const report = (message: Report) => void process.send?.(message);
  process.on('message', (message) => {
    obey(message as Order).then(report, (error: unknown) => report(failed(String(error))));
  });
  // Without the process that started it there is nothing to do.
  process.on('disconnect', () => process.exit(0));
  return report;
}
