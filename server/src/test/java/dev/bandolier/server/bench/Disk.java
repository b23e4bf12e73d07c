package dev.bandolier.server.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How long a flush of the disk takes: what no durable commit can be faster than.
final class Disk {

    private static final int PAGE_BYTES = 8_192;
    private static final int PAGES = 256;

    private Disk() {}

    /// Times of so many flushes (fdatasync) of one page that was overwritten in a file of this folder, as a log's is.
    static Times flushes(Path folder, int times) throws IOException {
        Path file = Files.createTempFile(folder, "flush", null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int page = 0; page < PAGES; page++) {
                channel.write(ByteBuffer.allocate(PAGE_BYTES));
            }
            channel.force(true);
            Times spent = new Times();
            for (int i = 0; i < times; i++) {
                channel.write(ByteBuffer.allocate(PAGE_BYTES), (long) (i % PAGES) * PAGE_BYTES);
                long start = System.nanoTime();
                channel.force(false);
                spent.add(System.nanoTime() - start);
            }
            return spent;
        } finally {
            Files.delete(file);
        }
    }
}
