// Generates taxi rides in memory and prints rows a second of processor time, and the least error that any model can reach on
// them: what is left when a ride's time and ends are known, and only traffic and toll roads are drawn again and again.
//   node packages/preprocessing/bench/generate-rides.mjs [rows]
import { cpus } from 'node:os';
import { generateTaxiRides } from '../dist/index.js';
import { drawDay, drawHour, FIRST_DAY, WEEKDAYS } from '../dist/rides/pickup-time.js';
import { createRandom } from '../dist/rides/random.js';
import { drawFare, drawRide } from '../dist/rides/taxi-ride.js';

const REPEATS = 5;
const RIDES = 20_000;
const REDRAWS = 201;

const rows = Number(process.argv[2] ?? 1_000_000);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

const rates = Array.from({ length: REPEATS }, () => {
  const before = process.cpuUsage();
  let bytes = 0;
  for (const piece of generateTaxiRides({ rows, seed: 1 })) bytes += piece.length;
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  return { rows: rows / seconds, megabytes: bytes / 1e6 / seconds };
});
const [rate, megabytes] = ['rows', 'megabytes'].map((what) => Math.round(median(rates.map((one) => one[what]))));
console.log(`${cpus()[0]?.model}, node ${process.version}: ${rows.toLocaleString('en')} rows, median of ${REPEATS}`);
console.log(`generating ${rate.toLocaleString('en')} rows/s of processor time (${megabytes} MB/s)`);

const random = createRandom(1);
let [absolute, squared] = [0, 0];
for (let ride = 0; ride < RIDES; ride++) {
  const day = drawDay(random);
  const time = { day: FIRST_DAY + day, weekday: WEEKDAYS[day], hour: drawHour(WEEKDAYS[day], random) };
  const { pickup, dropoff } = drawRide(time, random);
  const fares = Array.from({ length: REDRAWS }, () => drawFare(pickup, dropoff, time, random) / 100);
  const middle = median(fares);
  const mean = fares.reduce((sum, fare) => sum + fare, 0) / REDRAWS;
  absolute += fares.reduce((sum, fare) => sum + Math.abs(fare - middle), 0) / REDRAWS;
  squared += fares.reduce((sum, fare) => sum + (fare - mean) ** 2, 0) / (REDRAWS - 1);
}
const [mae, rmse] = [absolute / RIDES, Math.sqrt(squared / RIDES)];
console.log(`least error on rides without dirt: MAE ${mae.toFixed(3)}, RMSE ${rmse.toFixed(3)}`);
