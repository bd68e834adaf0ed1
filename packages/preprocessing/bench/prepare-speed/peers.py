"""Prepares a CSV file of taxi rides with pandas, polars or DuckDB alone: the cleaning and the ten stored columns of taxifareRecipe.

    python peers.py <pandas | polars | duckdb> <rides.csv> <folder> <threads> <districts, with commas between>

Writes x.npy (rows x 10, float32) and y.npy to the folder and prints one line of JSON. Each does it as its own documentation
would: whole columns at once, dates by its own functions, the file in memory where the library wants it so.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

NUMBERS = ["fare_amount", "pickup_longitude", "pickup_latitude", "dropoff_longitude", "dropoff_latitude", "passenger_count"]
COLUMNS = ["pickup_datetime", *NUMBERS]
BASE32 = "0123456789bcdefghjkmnpqrstuvwxyz"
EARTH_KM = 6371


def district_table(districts):
    """Index of each district by its row and column among the cells of geohashes of five letters: 12 bits by 13."""
    table = np.full((1 << 12, 1 << 13), -1, np.int8)
    for index, text in enumerate(districts):
        bits = "".join(f"{BASE32.index(letter):05b}" for letter in text)
        table[int(bits[1::2], 2), int(bits[0::2], 2)] = index
    return table


def district(table, latitude, longitude):
    row = np.floor((np.asarray(latitude, np.float64) + 90) / 180 * (1 << 12)).astype(np.int32)
    column = np.floor((np.asarray(longitude, np.float64) + 180) / 360 * (1 << 13)).astype(np.int32)
    return table[row, column]


def matrix(f, weekday, month, year, hour, table):
    """The stored columns, from columns as arrays."""
    lat1, lon1, lat2, lon2 = (np.radians(np.asarray(f[name], np.float64)) for name in
                              ["pickup_latitude", "pickup_longitude", "dropoff_latitude", "dropoff_longitude"])
    dlat, dlon = lat2 - lat1, lon2 - lon1
    arc = np.sin(dlat / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(dlon / 2) ** 2
    hour = np.asarray(hour, np.float64) * (2 * np.pi / 24)
    columns = [
        (np.asarray(f["passenger_count"]) - 1) / 7,
        weekday,
        np.asarray(month) - 1,
        (np.asarray(year, np.float64) - 2009) / 10,
        np.sin(hour),
        np.cos(hour),
        2 * EARTH_KM * np.arcsin(np.sqrt(arc)) / 100,
        EARTH_KM * (np.abs(dlat) + np.abs(dlon)) / 100,
        district(table, f["pickup_latitude"], f["pickup_longitude"]),
        district(table, f["dropoff_latitude"], f["dropoff_longitude"]),
    ]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def by_pandas(file, _threads, table):
    import pandas as pd

    f = pd.read_csv(file, usecols=COLUMNS, dtype={name: "float32" for name in NUMBERS})
    f["pickup_datetime"] = pd.to_datetime(f["pickup_datetime"], format="%Y-%m-%d %H:%M:%S UTC", utc=True)
    f = f.drop_duplicates().dropna()
    zero = (f[NUMBERS[1:5]] == 0).all(axis=1)
    f = f[~zero & (f.passenger_count > 0) & (f.passenger_count < 8) & (f.fare_amount > 0) & (f.fare_amount < 400)
          & f.pickup_longitude.between(-74.3, -73.7) & f.dropoff_longitude.between(-74.3, -73.7)
          & f.pickup_latitude.between(40.5, 40.9) & f.dropoff_latitude.between(40.5, 40.9)]
    t = f.pickup_datetime.dt.tz_convert("America/New_York").dt
    return matrix(f, t.weekday, t.month, t.year, t.hour, table), f.fare_amount.to_numpy()


def by_polars(file, _threads, table):
    import polars as pl

    box = [pl.col(f"{end}_longitude").is_between(-74.3, -73.7) for end in ["pickup", "dropoff"]]
    box += [pl.col(f"{end}_latitude").is_between(40.5, 40.9) for end in ["pickup", "dropoff"]]
    local = pl.col("pickup_datetime").dt.convert_time_zone("America/New_York").dt
    f = (
        pl.scan_csv(file, schema_overrides={name: pl.Float32 for name in NUMBERS} | {"pickup_datetime": pl.String})
        .select(COLUMNS)
        .unique(maintain_order=True)
        .drop_nulls()
        .filter(~pl.all_horizontal(pl.col(NUMBERS[1:5]) == 0))
        .filter((pl.col("passenger_count") > 0) & (pl.col("passenger_count") < 8))
        .filter((pl.col("fare_amount") > 0) & (pl.col("fare_amount") < 400))
        .filter(pl.all_horizontal(box))
        .with_columns(pl.col("pickup_datetime").str.to_datetime("%Y-%m-%d %H:%M:%S UTC", time_zone="UTC"))
        .with_columns(weekday=local.weekday() - 1, month=local.month(), year=local.year(), hour=local.hour())
        .collect(engine="streaming")
    )
    n = {name: f[name].to_numpy() for name in f.columns if name != "pickup_datetime"}
    return matrix(n, n["weekday"], n["month"], n["year"], n["hour"], table), n["fare_amount"]


def by_duckdb(file, threads, table):
    import duckdb

    c = duckdb.connect(config={"threads": threads, "memory_limit": "2GB"})
    typed = ", ".join(f"'{name}': 'FLOAT'" for name in NUMBERS)
    ends = " AND ".join(f"{end}_longitude BETWEEN -74.3::FLOAT AND -73.7::FLOAT AND {end}_latitude BETWEEN 40.5::FLOAT AND 40.9::FLOAT"
                        for end in ["pickup", "dropoff"])
    f = c.execute(f"""
        WITH rides AS (SELECT DISTINCT {', '.join(COLUMNS)} FROM read_csv('{file}', header = true, types = {{{typed}, 'pickup_datetime': 'VARCHAR'}})),
        clean AS (SELECT * FROM rides WHERE passenger_count > 0 AND passenger_count < 8 AND fare_amount > 0 AND fare_amount < 400 AND {ends}),
        timed AS (SELECT *, timezone('America/New_York', timezone('UTC', strptime(pickup_datetime, '%Y-%m-%d %H:%M:%S UTC'))) AS t FROM clean)
        SELECT isodow(t) - 1 AS weekday, month(t) AS month, year(t) AS year, hour(t) AS hour, {', '.join(NUMBERS)} FROM timed
    """).fetchnumpy()
    return matrix(f, f["weekday"], f["month"], f["year"], f["hour"], table), f["fare_amount"]


def main():
    peer, file, folder, threads, districts = sys.argv[1:]
    prepare = {"pandas": by_pandas, "polars": by_polars, "duckdb": by_duckdb}[peer]
    table = district_table(districts.split(","))
    started = time.perf_counter()
    x, y = prepare(file, int(threads), table)
    np.save(Path(folder) / "x.npy", x)
    np.save(Path(folder) / "y.npy", np.asarray(y, np.float32))
    used = resource.getrusage(resource.RUSAGE_SELF)
    version = __import__(peer).__version__
    print(json.dumps({
        "version": version, "kept": len(y), "sums": np.sum(x, axis=0, dtype=np.float64).tolist(),
        "seconds": time.perf_counter() - started, "cpuSeconds": used.ru_utime + used.ru_stime, "peakMb": used.ru_maxrss / 1024,
    }))


main()
