# For the other scripts here: says what is wrong with the row that is being read.

function wrong(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"
    failed = 1
}
