package dev.bandolier.server.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Answers of the moment: people watch together, so one of them asks the database, and the others see the same for a
/// second.
///
/// While an answer is made, nobody waits who asks for something else, as in a cache that loads; but for the few that share
/// a lock. Open to all threads; callers are virtual ones.
///
/// @param <K> what is asked
/// @param <V> what is answered
final class Momentary<K, V> {

    private static final Duration KEPT_FOR = Duration.ofSeconds(1);
    private static final long KEPT_MAX = 1_000;
    private static final int LOCKS = 64;

    private final Cache<K, V> kept = Caffeine.newBuilder()
            .expireAfterWrite(KEPT_FOR)
            .maximumSize(KEPT_MAX)
            .build();
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    /// The answer of the last second, or else a new one.
    V get(K asked, Supplier<V> making) {
        V known = kept.getIfPresent(asked);
        return known != null ? known : made(asked, making);
    }

    private V made(K asked, Supplier<V> making) {
        ReentrantLock own = locks[Math.floorMod(asked.hashCode(), LOCKS)];
        own.lock();
        try {
            V known = kept.getIfPresent(asked);
            if (known != null) {
                return known;
            }
            V made = making.get();
            kept.put(asked, made);
            return made;
        } finally {
            own.unlock();
        }
    }
}
