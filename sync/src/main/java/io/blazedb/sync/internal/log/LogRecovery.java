package io.blazedb.sync.internal.log;

import io.blazedb.sync.internal.log.LogCorruptedException.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens the files of a log, decides where it ends, and cuts off what a crash left behind that.
 *
 * <p>Below the durable mark of a segment everything must be whole: what is not, is damage, and nothing is touched.
 * Above it a crash may leave anything. A kill leaves whole records and perhaps one torn record at the end. A power cut
 * leaves sectors that were never written, in any order, so a whole record may follow a lost one: accepted if such a
 * sector is there, for none of it was ever durable; else it is damage too.
 */
final class LogRecovery {
    private final LogDirectory directory;
    private final List<Segment> segments = new ArrayList<>();
    private final boolean encrypted;
    private final long beginning;
    private long unsettled;

    /** The open segments, and the offset in the last one where the log goes on. */
    record Recovered(List<Segment> segments, int position, long durableEnd, RecoveryReport report) {}

    /** The first segment that is not sealed, and the end of its records. */
    private record Tail(int index, int offset) {}

    private LogRecovery(LogDirectory directory, boolean encrypted, long beginning) {
        this.directory = directory;
        this.encrypted = encrypted;
        this.beginning = beginning;
    }

    /**
     * @param encrypted whether the log must be
     * @param beginning the position of the first record if there is none
     */
    static Recovered recover(LogDirectory directory, boolean encrypted, long beginning) throws IOException {
        LogRecovery recovery = new LogRecovery(directory, encrypted, Math.max(beginning, SegmentLayout.HEADER_BYTES));
        boolean done = false;
        try {
            Recovered recovered = recovery.run();
            done = true;
            return recovered;
        } finally {
            if (!done) {
                recovery.segments.forEach(Segment::unpin);
            }
        }
    }

    /** What is in a directory without files. */
    static Recovered nothing(long beginning) {
        return empty(Math.max(beginning, SegmentLayout.HEADER_BYTES), 0);
    }

    private static Recovered empty(long end, long cutBytes) {
        RecoveryReport report = new RecoveryReport(end, cutBytes == 0, cutBytes, 0);
        return new Recovered(List.of(), SegmentLayout.HEADER_BYTES, end, report);
    }

    private Recovered run() throws IOException {
        openAll();
        if (segments.isEmpty()) {
            return empty(beginning, unsettled);
        }
        Segment last = segments.get(segments.size() - 1);
        SegmentLayout.Mark mark = SegmentLayout.readMark(last.buffer());
        if (mark.closed()) {
            return closed(last, mark.offset());
        }
        Tail tail = findTail();
        long durableEnd = durableEnd();
        Segment segment = segments.get(tail.index);
        if (segment.base() + tail.offset < durableEnd) {
            throw damaged(segment, tail.offset, "no whole record, but the log was durable up to LSN " + durableEnd);
        }
        return cut(tail, durableEnd);
    }

    private void openAll() throws IOException {
        List<Long> numbers = new ArrayList<>();
        List<String> unfinished = new ArrayList<>();
        for (String name : directory.list()) {
            if (NextSegment.isUnfinished(name)) {
                unfinished.add(name);
            } else if (Segment.number(name) > 0) {
                numbers.add(Segment.number(name));
            }
        }
        if (numbers.isEmpty() && unfinished.size() == 1) {
            openUnsettled(unfinished.get(0));
            return;
        }
        for (String name : unfinished) {
            directory.delete(name);
        }
        numbers.sort(null);
        for (long number : numbers) {
            segments.add(open(Segment.name(number)));
            requireNext(segments.size() - 1, number);
        }
    }

    /**
     * The first segment of a log is in use before its name is settled. A kill leaves it whole; a power cut may leave
     * anything of it, but then nothing was ever durable.
     */
    private void openUnsettled(String name) throws IOException {
        Segment segment;
        try {
            segment = open(name);
        } catch (LogCorruptedException e) {
            try (LogFile file = directory.open(name)) {
                unsettled = file.buffer().capacity();
            }
            directory.delete(name);
            return;
        }
        segment.unpin();
        directory.rename(name, segment.name());
        segments.add(open(segment.name()));
        segments.get(0).force(0, segments.get(0).buffer().capacity());
        directory.force();
    }

    private Segment open(String name) throws IOException {
        LogFile file = directory.open(name);
        boolean done = false;
        try {
            Segment segment = new Segment(file, SegmentLayout.read(file.buffer(), name));
            requireEncryption(segment);
            done = true;
            return segment;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    /** Who replaces an encrypted log by another one has to be noticed. */
    private void requireEncryption(Segment segment) {
        if (segment.isEncrypted() != encrypted) {
            throw new LogFormatException(segment.name() + (encrypted ? " is not encrypted" : " is encrypted")
                    + " (expected: as the log was opened); put back the files that belong to this database");
        }
    }

    private void requireNext(int index, long number) {
        Segment segment = segments.get(index);
        Segment before = index == 0 ? segment : segments.get(index - 1);
        if (!segment.logId().equals(before.logId()) || segment.number() != number) {
            throw new LogCorruptedException(
                    Damage.FOREIGN_SEGMENT,
                    Segment.name(number),
                    0,
                    segment.base(),
                    "segment " + segment.number() + " of log " + segment.logId() + " (expected: " + number + " of "
                            + before.logId() + ")");
        }
        if (index > 0 && (number != before.number() + 1 || segment.base() != before.nextBase())) {
            throw missing(before);
        }
    }

    /** The last one has been closed: nothing can be torn. Damage below the mark shows when it is read. */
    private Recovered closed(Segment last, int offset) throws IOException {
        for (Segment segment : segments.subList(0, segments.size() - 1)) {
            int end = SegmentLayout.readMark(segment.buffer()).offset();
            segment.seal(new TailScan(segment).isSealedAt(end) ? end : sealedEnd(segment));
        }
        if (last.buffer().capacity() < offset) {
            throw damaged(last, last.buffer().capacity(), "the file ends, but the log was closed at " + offset);
        }
        Segment whole = lengthened(segments.size() - 1);
        if (offset < whole.capacity() - whole.endBytes() && RecordLayout.length(whole.buffer(), offset) != 0) {
            throw damaged(whole, offset, "bytes where the log was closed");
        }
        long end = whole.base() + offset;
        return new Recovered(List.copyOf(segments), offset, end, new RecoveryReport(end, true, 0, 0));
    }

    private static int sealedEnd(Segment segment) {
        TailScan scan = new TailScan(segment);
        int end = scan.endOfRecords(SegmentLayout.HEADER_BYTES);
        if (!scan.isSealedAt(end)) {
            throw damaged(segment, end, "no whole record, but later segments follow");
        }
        return end;
    }

    private Tail findTail() {
        for (int index = 0; index < segments.size(); index++) {
            Segment segment = segments.get(index);
            TailScan scan = new TailScan(segment);
            int end = SegmentLayout.readMark(segment.buffer()).offset();
            if (!scan.isSealedAt(end)) {
                end = scan.endOfRecords(SegmentLayout.HEADER_BYTES);
            }
            if (!scan.isSealedAt(end)) {
                return new Tail(index, end);
            }
            segment.seal(end);
        }
        throw missing(segments.get(segments.size() - 1));
    }

    /** A force takes everything before it along, so the last mark counts for all segments. */
    private long durableEnd() {
        for (int index = segments.size() - 1; index >= 0; index--) {
            Segment segment = segments.get(index);
            int offset = SegmentLayout.readMark(segment.buffer()).offset();
            if (offset > SegmentLayout.HEADER_BYTES) {
                return segment.base() + offset;
            }
        }
        return segments.get(0).firstLsn();
    }

    private Recovered cut(Tail tail, long durableEnd) throws IOException {
        Segment segment = segments.get(tail.index);
        TailScan scan = new TailScan(segment);
        int written = scan.endOfWritten(tail.offset);
        int records = scan.countRecords(tail.offset);
        long bytes = (long) written - tail.offset;
        for (Segment later : segments.subList(tail.index + 1, segments.size())) {
            TailScan laterScan = new TailScan(later);
            records += laterScan.countRecords(SegmentLayout.HEADER_BYTES);
            bytes += laterScan.endOfWritten(SegmentLayout.HEADER_BYTES) - SegmentLayout.HEADER_BYTES;
        }
        int next = scan.nextRecord(tail.offset);
        if (records > 0 && !scan.hasLostSector(tail.offset, next >= 0 ? next : segment.capacity())) {
            throw damaged(segment, tail.offset, "no whole record, but " + records + " later ones are");
        }
        deleteAfter(tail.index);
        Segment whole = lengthened(tail.index);
        erase(whole, tail.offset, written);
        long end = whole.base() + tail.offset;
        return new Recovered(
                List.copyOf(segments),
                tail.offset,
                Math.min(durableEnd, end),
                new RecoveryReport(end, false, bytes, records));
    }

    private void deleteAfter(int index) throws IOException {
        for (int last = segments.size() - 1; last > index; last--) {
            Segment segment = segments.remove(last);
            segment.unpin();
            directory.delete(segment.name());
        }
        directory.force();
    }

    /** A file that lost its end gets it back, as zeros. */
    private Segment lengthened(int index) throws IOException {
        Segment segment = segments.get(index);
        if (segment.buffer().capacity() >= segment.capacity()) {
            return segment;
        }
        segments.remove(index);
        segment.unpin();
        directory.extend(segment.name(), segment.capacity());
        Segment longer = open(segment.name());
        segments.add(index, longer);
        return longer;
    }

    /** What was cut must never be read as a record again. */
    private static void erase(Segment segment, int from, int to) throws IOException {
        if (from < to) {
            segment.buffer().put(from, new byte[to - from]);
            segment.force(from, to);
        }
    }

    private static LogCorruptedException missing(Segment before) {
        return new LogCorruptedException(
                Damage.MISSING_SEGMENT,
                Segment.name(before.number() + 1),
                0,
                before.nextBase(),
                "the segment is missing, but " + before.name() + " is followed by it");
    }

    private static LogCorruptedException damaged(Segment segment, int offset, String found) {
        return new LogCorruptedException(Damage.RECORD, segment.name(), offset, segment.base() + offset, found);
    }
}
