// Which ranges of which blobs the range vectors ask for, and the files of the hundred-file collection.

import { allOnes, chunkCount, chunks, everything, lastChunk } from './request.mjs'

const KiB = 1024
const MiB = 1024 * KiB

/** Around one and two groups, one block of 1 MiB, and blobs of several blocks, the last one with an uneven tail. */
export const sizes = [
  15 * KiB, 17 * KiB, 31 * KiB + 1, 48 * KiB, 48 * KiB + 1,
  MiB - 1, MiB, MiB + 16 * KiB, 2 * MiB - KiB, 2 * MiB + 1, 3 * MiB + 1, 5 * MiB + 12345,
]

/** Ranges that make sense for a blob of `size` bytes, as pairs of description and widths. */
export function rangesOf(size) {
  const count = chunkCount(size)
  const bounded = [
    ['first chunk', [0, 1]],
    ['second chunk', [1, 2]],
    ['inside a group, chunks 5..9', [5, 9]],
    ['across two groups, chunks 15..17', [15, 17]],
    ['one whole group, chunks 16..32', [16, 32]],
    ['inside the third group, chunk 40', [40, 41]],
    ['up to the end of the first block of 1 MiB', [1000, 1024]],
    ['across two blocks, chunks 1023..1025', [1023, 1025]],
    ['the second block, chunks 1024..2048', [1024, 2048]],
    ['across three blocks, chunks 1000..2100', [1000, 2100]],
  ].filter(([, [, end]]) => end <= count)
  return [
    ['all', everything],
    ...bounded.map(([what, range]) => [what, chunks(range)]),
    ['last chunk by its number', chunks([count - 1, count])],
    ['last chunk (u64::MAX..)', lastChunk],
    ['open from the middle', chunks([Math.floor(count / 2)])],
    ['open from the last chunk', chunks([count - 1])],
    ['from the last chunk to far beyond the end', chunks([count - 1, count + 5000])],
    ['beyond the end, open', chunks([count])],
    ['beyond the end, bounded', chunks([count + 7, count + 9])],
    ['first chunk and far beyond the end', chunks([0, 1], [count + 100, count + 200])],
    ['first chunk and last chunk (u64::MAX..)', chunks([0, 1], [allOnes])],
    ['all but the first chunk of each group', everyGroup(count, 1, 16)],
    ['one chunk of every other group', everyGroup(count, 3, 4, 2)],
    ['three disjoint ranges', thirds(count)],
  ]
}

function everyGroup(count, from, to, step = 1) {
  const ranges = []
  for (let start = 0; start < count; start += 16 * step) ranges.push([start + from, start + to])
  return chunks(...ranges)
}

function thirds(count) {
  const at = part => Math.floor(count * part)
  return chunks([0, 1], [at(0.4), at(0.4) + 2], [at(0.8), count])
}

const unusualNames = [
  'empty', 'folder/sub/deep/er/file.txt', 'ünïcödé/Straße.txt', '文件/报告 07.pdf', 'emoji 🚀.bin', 'עברית/קובץ.txt',
  'with space/and\ttab', 'dots.../..hidden', 'back\\slash', 'e\u0301 decomposed', '\u00e9 composed', `${'n'.repeat(251)}.txt`,
]

/** File i has byte (position + i) mod 251 at each position, so that equal sizes still mean different content. */
export const hundredFiles = Array.from({ length: 100 }, (_, i) => ({
  name: unusualNames[i] ?? `folder ${i % 7}/file-${String(i).padStart(2, '0')}.bin`,
  size: i === 50 ? MiB + 1 : (i * i * 37) % 40000,
  offset: i === 99 ? 98 : i,
}))
hundredFiles[99].size = hundredFiles[98].size
