/** Cases of the OCPP 2.0.1 certification for a CSMS, by block; each has a test with its id. */
export const CASES_201 = {
  A: '01 02 03 04 06 07 08 09 10 11 12 13 14 19',
  B: '01 02 06 07 09 10 12 13 14 18 20 21 22 25 26 27 30 31 42 44',
  C: '02 06 07 08 20 37 38 39 40 43 47 48 49 50 51 52',
  D: '01 02 03 04 08 09',
  E: '01 02 03 04 07 08 09 10 11 12 14 15 16 17 19 20 21 22 26 29 30 31 33 34 38 39 53',
  F: '01 02 03 04 11 12 13 14 15 18 20 23 24 27',
  G: '03 04 05 06 07 08 11 14 17 20',
  H: '01 07 08 14 15 17 19 20 22',
  I: '01 02',
  J: '01 02 03 04 07 08 09 10 11',
  K: '01 03 04 05 06 08 10 15 19 29 30 31 32 33 34 35 36 37 43 44 53 55 57 58 59 60 70',
  L: '01 02 03 04 05 06 07 08 09 10 11 13',
  M: '01 02 03 04 05 13 14 15 16 18 19 20 21 24 26 28',
  N: '01 02 03 05 08 16 17 18 21 24 25 27 28 29 30 31 32 34 35 36 44 46 47 49 50 60 62 63',
  O: '01 02 03 04 05 06 07 08 09 10 12 13 14 17 18 19 26 27 28',
  P: '02 03',
} as const;

/** Cases that nothing here can show, and why. */
export const NOT_SHOWN_201: Readonly<Record<string, string>> = {};

export function caseIds(): string[] {
  return Object.entries(CASES_201).flatMap(([block, numbers]) =>
    numbers.split(' ').map((number) => `TC_${block}_${number}`),
  );
}
