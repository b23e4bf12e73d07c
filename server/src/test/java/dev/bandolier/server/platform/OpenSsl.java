package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The program `openssl`, which knows nothing of this code: what it signs is genuine.
///
/// A machine without it fails the tests that need it: skipped, they would prove nothing.
final class OpenSsl {

    /// What stands before the 32 bytes of a private key of ed25519 in PKCS#8 (RFC 8410).
    private static final String PRIVATE_ENVELOPE = "302e020100300506032b657004220420";

    private OpenSsl() {}

    /// The HMAC of a content.
    ///
    /// @param digest as in `sha256`
    static byte[] hmac(String digest, byte[] key, byte[] content) {
        String hexKey = "hexkey:" + HexFormat.of().formatHex(key);
        return run(content, "dgst", "-" + digest, "-mac", "HMAC", "-macopt", hexKey, "-binary");
    }

    /// The ed25519 signature of a content.
    ///
    /// @param privateKey its 32 bytes, in hexadecimal digits
    static byte[] ed25519(String privateKey, byte[] content) {
        try {
            Path key = Files.createTempFile("bandolier-", ".der");
            Path file = Files.createTempFile("bandolier-", ".txt");
            try {
                Files.write(key, HexFormat.of().parseHex(PRIVATE_ENVELOPE + privateKey));
                Files.write(file, content);
                return run(
                        new byte[0],
                        "pkeyutl",
                        "-sign",
                        "-rawin",
                        "-keyform",
                        "DER",
                        "-inkey",
                        "" + key,
                        "-in",
                        "" + file);
            } finally {
                Files.delete(key);
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] run(byte[] in, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = start(command);
        try {
            try (OutputStream to = process.getOutputStream()) {
                to.write(in);
            }
            byte[] out = process.getInputStream().readAllBytes();
            assertThat(process.waitFor())
                    .as(() -> "exit of openssl " + arguments[0] + ": " + errors(process))
                    .isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new AssertionError("this test needs the program openssl (apt-get install openssl)", e);
        }
    }

    private static String errors(Process process) {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
