package dev.bandolier.loadtest.replay;

/// The policies that a replayed log can be judged by, by the words of the API.
enum PolicyWord {
    /// Each arm with the probability that it is the best.
    THOMPSON("thompson"),
    /// Mostly the arm with the highest mean.
    EPSILON_GREEDY("epsilon-greedy"),
    /// Every arm alike.
    UNIFORM("uniform");

    private final String word;

    PolicyWord(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
