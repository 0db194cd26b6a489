import { z } from 'zod';

/** OCPI numbers have no more (TY-008). */
const DECIMALS = 4;

/** OCPI number. More decimals could not be told to partners: they would calculate with another number than we. */
export const decimal = z
  .number()
  .refine((value) => Number(value.toFixed(DECIMALS)) === value, `at most ${DECIMALS} decimals are allowed`);
