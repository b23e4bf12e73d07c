package dev.bandolier.server.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right of one live process to a data directory: an operating-system lock on `server.lock` in it.
///
/// The lock ends with its process, however that ends, so it tells a second live server (locked) from the orphaned
/// database of a killed one (not locked). The file names the process that holds it.
final class ServerLock implements AutoCloseable {

    /// Far behind the text, since some systems also keep others from reading a locked range.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /// Directories held by this process. Asked first: closing any channel on a file gives up all locks that the process
    /// has on it, so a second attempt in one process must not even open the file.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private ServerLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /// The lock on an existing directory.
    ///
    /// @throws UnusableDatabase naming the process that holds it
    static ServerLock take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw held(real, Long.toString(ProcessHandle.current().pid()));
        }
        boolean taken = false;
        try {
            ServerLock lock = new ServerLock(real, open(real));
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(real);
            }
        }
    }

    private static FileChannel open(Path directory) throws IOException {
        Path file = directory.resolve("server.lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
            channel.close();
            String pid = Files.readString(file).strip();
            throw held(directory, pid.isEmpty() ? "(just starting)" : pid);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static UnusableDatabase held(Path directory, String pid) {
        return new UnusableDatabase("Another server is running on the data directory " + directory + ", process " + pid
                + ". Stop it first, or choose another data directory.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(directory);
    }
}
