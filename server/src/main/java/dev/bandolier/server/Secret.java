package dev.bandolier.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The server's secret: unit keys and decision tokens are made with it, and it never leaves the process.
final class Secret {

    private static final int BYTES_MIN = 16;
    private static final int BYTES_NEW = 32;
    private static final int FINGERPRINT_BYTES = 8;
    private static final String FILE = "secret";

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The secret given, or the one in the data folder, made at the first start.
    ///
    /// @throws IllegalArgumentException if it is no hexadecimal text of at least 32 digits
    static Secret of(Optional<String> given, Path data) throws IOException {
        if (given.isPresent()) {
            return parse("BANDOLIER_SECRET", given.get());
        }
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            create(file);
        }
        return parse("the file " + file, Files.readString(file));
    }

    /// A copy of its bytes, at least 16.
    byte[] bytes() {
        return bytes.clone();
    }

    /// A hash that tells secrets apart and gives nothing away.
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("bandolier secret fingerprint 1".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), FINGERPRINT_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Secret " + fingerprint();
    }

    private static void create(Path file) throws IOException {
        byte[] fresh = new byte[BYTES_NEW];
        new SecureRandom().nextBytes(fresh);
        Files.createDirectories(file.toAbsolutePath().getParent());
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        // Whole and on disk before it has its name: the database remembers the secret that it was first used with.
        Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".unfinished", ownerOnly);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.wrap((HexFormat.of().formatHex(fresh) + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster: its secret holds.
        } finally {
            Files.delete(unfinished);
        }
    }

    private static Secret parse(String where, String text) {
        try {
            byte[] bytes = HexFormat.of().parseHex(text.strip());
            if (bytes.length >= BYTES_MIN) {
                return new Secret(bytes);
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like one that is too short; the text itself is not repeated.
        }
        throw new IllegalArgumentException(where + " must hold at least " + 2 * BYTES_MIN
                + " hexadecimal digits, as made by: openssl rand -hex 32");
    }
}
