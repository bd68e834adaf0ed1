import { createRandom, normal, type Random } from 'assay';

/** Trips that look like the published ones, in the order of time. */
export interface BikeFile {
  /** The first day and the day after the last, YYYY-MM-DD. */
  readonly from: string;
  readonly until: string;
  readonly rows: number;
  /** Same seed, same bytes. */
  readonly seed: number;
}

const HEADER =
  'tripduration,starttime,start station id,start station latitude,start station longitude,end station id,' +
  'end station latitude,end station longitude,bikeid,usertype,birth year,gender\n';

interface Station {
  readonly id: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** A subscriber goes the same way at the same hour, and younger ones live farther north. */
interface Rider {
  readonly birthYear: number;
  /** 1 male, 2 female. */
  readonly gender: number;
  readonly home: Station;
  readonly work: Station;
  readonly hour: number;
}

/** Around Jersey City, from south to north. The same ones in every file, but that the last came in 2020. */
const STATIONS = stationsOf(55, createRandom(1));
const NEW_STATIONS = 5;

const YEAR_2018 = Date.UTC(2018, 0, 1);
const YEAR_2020 = Date.UTC(2020, 0, 1);
const ISO_FROM = Date.UTC(2017, 3, 1);

/** Share of trips by people without a subscription, who say little about themselves. */
const CUSTOMERS = 0.08;

/** The file's text, with dates in the three ways of the real files and their filler for unknown birth years. */
export function generateBikeTrips({ from, until, rows, seed }: BikeFile): string {
  const random = createRandom(seed, 1);
  const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)];
  const riders = Array.from({ length: Math.ceil(rows / 60) }, () => riderOf(fromMs, random));
  const lines = [HEADER];
  for (let row = 0; row < rows; row++) {
    const day = Math.floor((fromMs + ((untilMs - fromMs) * row) / rows) / 86_400_000);
    lines.push(tripOf(day * 86_400_000, riders[Math.floor(random() * riders.length)]!, random));
  }
  return lines.join('');
}

/** Riders of 2020 are six years younger. */
function riderOf(fromMs: number, random: Random): Rider {
  const stations = fromMs < YEAR_2020 ? STATIONS.slice(0, -NEW_STATIONS) : STATIONS;
  const birthYear = Math.round(Math.min(2002, (fromMs < YEAR_2020 ? 1979 : 1985) + 9 * normal(random)));
  const north = (birthYear - 1960) / 40 + 0.25 * normal(random);
  return {
    birthYear,
    gender: random() < 0.77 ? 1 : 2,
    home: stations[Math.round(Math.min(1, Math.max(0, north)) * (stations.length - 1))]!,
    work: stations[Math.floor(stations.length * random() ** 2)]!,
    hour: 7 + 3 * random() + (1985 - birthYear) / -20,
  };
}

function tripOf(midnightMs: number, rider: Rider, random: Random): string {
  const isBack = random() < 0.5;
  const startMs = midnightMs + Math.round((rider.hour + (isBack ? 10 : 0) + 0.5 * random()) * 3_600_000);
  const [start, end] = isBack ? [rider.work, rider.home] : [rider.home, rider.work];
  const degrees = Math.hypot(start.latitude - end.latitude, start.longitude - end.longitude);
  const seconds = Math.round((90 + 30_000 * degrees) * Math.exp(0.3 * normal(random)));
  const bike = 14_500 + Math.floor(1500 * random());
  return `${seconds},${timeText(startMs)},${place(start)},${place(end)},${bike},${person(rider, startMs, random)}\n`;
}

/** User type, birth year and gender. */
function person({ birthYear, gender }: Rider, startMs: number, random: Random): string {
  if (random() >= CUSTOMERS) return `Subscriber,${birthYear},${gender}`;
  return startMs < YEAR_2018 ? 'Customer,,0' : 'Customer,1969,0';
}

function place({ id, latitude, longitude }: Station): string {
  return `${id},${latitude.toFixed(6)},${longitude.toFixed(6)}`;
}

function stationsOf(count: number, random: Random): Station[] {
  return Array.from({ length: count }, (_, index) => ({
    id: 3183 + index,
    latitude: 40.71 + 0.05 * (index / count),
    longitude: -74.045 + 0.01 * normal(random),
  }));
}

function timeText(ms: number): string {
  const iso = new Date(ms).toISOString();
  if (ms >= YEAR_2018) return `${iso.slice(0, 23).replace('T', ' ')}0`;
  if (ms >= ISO_FROM) return iso.slice(0, 19).replace('T', ' ');
  const [year, month, day, hour] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10), iso.slice(11, 13)].map(Number);
  return `${month}/${day}/${year} ${hour}:${iso.slice(14, 16)}`;
}
