import { DATES } from './pickup-time.js';
import type { RideCells } from './ride-dirt.js';

/** A ride's line is never longer: 27 characters of key, 23 of time, four places of 22, a fare of 8, a digit, commas. */
export const MAX_LINE_BYTES = 160;

/** When a ride began, and what its key adds to that. */
export interface RideStamp {
  /** Days since 2009-01-01. */
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 1 to 9: the key's last digit. */
  suffix: number;
}

const ZERO = 48;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const COLON = 58;
const NEWLINE = 10;
const SPACE = 32;

const DATE_BYTES = Buffer.from(DATES.join(''), 'latin1');
const DATE_LENGTH = 10;
const STAMP_LENGTH = 19;
const KEY_TAIL = Buffer.from('.000000', 'latin1');
const ZONE = Buffer.from(' UTC,', 'latin1');

/** The three digits of 0 to 999, one after the other. */
const THOUSAND = Buffer.from(Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0')).join(''), 'latin1');

/**
 * Writes a ride as a line of CSV, straight into bytes: strings for each cell would cost more than drawing the ride.
 * @param at where the line begins; {@link MAX_LINE_BYTES} must be free from there
 * @param isNoisy print places as float32 numbers, otherwise rounded to a millionth of a degree
 * @returns where it ends
 */
export function writeRide(bytes: Buffer, at: number, stamp: RideStamp, cells: RideCells, isNoisy: boolean): number {
  const key = at;
  let end = writeStamp(bytes, at, stamp);
  end = copy(bytes, end, KEY_TAIL);
  bytes[end++] = ZERO + stamp.suffix;
  bytes[end++] = COMMA;
  end = writeDecimal(bytes, end, cells.fareCents * 10_000);
  bytes[end++] = COMMA;
  for (let i = 0; i < STAMP_LENGTH; i++) bytes[end++] = bytes[key + i]!;
  end = copy(bytes, end, ZONE);
  const writeDegrees = isNoisy ? writeFloat32 : writeRounded;
  end = writeDegrees(bytes, end, cells.pickupLongitude);
  end = writeDegrees(bytes, end, cells.pickupLatitude);
  end = writeDegrees(bytes, end, cells.dropoffLongitude);
  end = writeDegrees(bytes, end, cells.dropoffLatitude);
  bytes[end++] = ZERO + cells.passengers;
  bytes[end++] = NEWLINE;
  return end;
}

/** `YYYY-MM-DD HH:MM:SS` */
function writeStamp(bytes: Buffer, at: number, { day, hour, minute, second }: RideStamp): number {
  const from = day * DATE_LENGTH;
  for (let i = 0; i < DATE_LENGTH; i++) bytes[at + i] = DATE_BYTES[from + i]!;
  bytes[at + 10] = SPACE;
  writeTwo(bytes, at + 11, hour);
  bytes[at + 13] = COLON;
  writeTwo(bytes, at + 14, minute);
  bytes[at + 16] = COLON;
  writeTwo(bytes, at + 17, second);
  return at + STAMP_LENGTH;
}

function writeTwo(bytes: Buffer, at: number, value: number): void {
  bytes[at] = THOUSAND[3 * value + 1]!;
  bytes[at + 1] = THOUSAND[3 * value + 2]!;
}

function copy(bytes: Buffer, at: number, text: Buffer): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text[i]!;
  return at + text.length;
}

/** Degrees to six places, and a comma. */
function writeRounded(bytes: Buffer, at: number, degrees: number): number {
  const end = writeDecimal(bytes, at, Math.round(degrees * 1e6));
  bytes[end] = COMMA;
  return end + 1;
}

/** The shortest decimal that is the float32 nearest to some degrees, and a comma. */
function writeFloat32(bytes: Buffer, at: number, degrees: number): number {
  const end = at + bytes.write(String(Math.fround(degrees)), at, 'latin1');
  bytes[end] = COMMA;
  return end + 1;
}

/** Millionths as JavaScript prints the number: no zeros at the end, no point without digits behind it. Below 1000 either way. */
export function writeDecimal(bytes: Buffer, at: number, millionths: number): number {
  let end = at;
  if (millionths < 0) bytes[end++] = MINUS;
  const size = Math.abs(millionths);
  const whole = Math.floor(size / 1e6);
  const fraction = size - whole * 1e6;
  end = writeWhole(bytes, end, whole);
  if (fraction === 0) return end;
  bytes[end] = POINT;
  const high = Math.floor(fraction / 1000);
  writeThree(bytes, end + 1, high);
  writeThree(bytes, end + 4, fraction - high * 1000);
  end += 7;
  while (bytes[end - 1] === ZERO) end--;
  return end;
}

function writeWhole(bytes: Buffer, at: number, whole: number): number {
  let end = at;
  if (whole >= 100) bytes[end++] = THOUSAND[3 * whole]!;
  if (whole >= 10) bytes[end++] = THOUSAND[3 * whole + 1]!;
  bytes[end] = THOUSAND[3 * whole + 2]!;
  return end + 1;
}

function writeThree(bytes: Buffer, at: number, value: number): void {
  bytes[at] = THOUSAND[3 * value]!;
  bytes[at + 1] = THOUSAND[3 * value + 1]!;
  bytes[at + 2] = THOUSAND[3 * value + 2]!;
}
