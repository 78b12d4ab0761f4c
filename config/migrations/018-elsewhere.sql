-- Schema 18. A check-in goes to the lifter's other name when they can't be reached by the one that they prefer.

-- 1: it may have been said where it is, and goes nowhere else; 2: it has just come from there, and waits once at least.
ALTER TABLE outbox ADD COLUMN stays INTEGER NOT NULL DEFAULT 0 CHECK (stays BETWEEN 0 AND 2);
