const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const MAX_DATE_SEC = 8.64e12; // ECMA-262 §21.4.1.1: the furthest time a Date can hold

export interface TimeText {
  /** `2026-11-21 14:07:12`, or only the time of day when the day is today's. */
  local: string;
  /** The date is left out where it is the local one. */
  utc: string;
  /** `in 52 min 10 s`, `3 d 4 h ago`. */
  relative: string;
}

/** A moment in the reader's zone, in UTC and from now; undefined when no Date can hold it. */
export function describeTime(epochSec: number, nowMs: number, withToday = true): TimeText | undefined {
  if (!Number.isFinite(epochSec) || Math.abs(epochSec) > MAX_DATE_SEC) return undefined;
  const moment = new Date(epochSec * 1000);
  const local = { date: dateText(localParts(moment)), time: timeText(localParts(moment)) };
  const utc = { date: dateText(utcParts(moment)), time: timeText(utcParts(moment)) };
  const isToday = local.date === dateText(localParts(new Date(nowMs)));
  return {
    local: isToday && !withToday ? local.time : `${local.date} ${local.time}`,
    utc: utc.date === local.date ? utc.time : `${utc.date} ${utc.time}`,
    relative: relativeText(epochSec - nowMs / 1000),
  };
}

/** Digits of seconds since the epoch as `2026-11-21 14:07:12 UTC`; undefined for other text, or when no Date can hold it. */
export function utcText(epochSec: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(epochSec) || Math.abs(Number(epochSec)) > MAX_DATE_SEC) return undefined;
  const moment = utcParts(new Date(Number(epochSec) * 1000));
  return `${dateText(moment)} ${timeText(moment)} UTC`;
}

/** The two largest units of a span, `1 h 12 min`. */
export function durationText(spanSec: number): string {
  const sec = Math.floor(Math.abs(spanSec));
  if (sec >= DAY) return join(sec / DAY, 'd', (sec % DAY) / HOUR, 'h');
  if (sec >= HOUR) return join(sec / HOUR, 'h', (sec % HOUR) / MINUTE, 'min');
  if (sec >= MINUTE) return join(sec / MINUTE, 'min', sec % MINUTE, 's');
  return `${sec} s`;
}

function relativeText(fromNowSec: number): string {
  return fromNowSec >= 0 ? `in ${durationText(fromNowSec)}` : `${durationText(fromNowSec)} ago`;
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor(small);
  return rest === 0 ? `${Math.floor(large)} ${largeUnit}` : `${Math.floor(large)} ${largeUnit} ${rest} ${smallUnit}`;
}

type Parts = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number];

function localParts(moment: Date): Parts {
  return [
    moment.getFullYear(),
    moment.getMonth() + 1,
    moment.getDate(),
    moment.getHours(),
    moment.getMinutes(),
    moment.getSeconds(),
  ];
}

function utcParts(moment: Date): Parts {
  return [
    moment.getUTCFullYear(),
    moment.getUTCMonth() + 1,
    moment.getUTCDate(),
    moment.getUTCHours(),
    moment.getUTCMinutes(),
    moment.getUTCSeconds(),
  ];
}

function dateText([year, month, day]: Parts): string {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

function timeText([, , , hour, minute, second]: Parts): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
