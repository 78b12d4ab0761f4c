"""What `parse` is measured by: sets as they are typed, and talk."""

PARSED = ["bench 80x8 @1", "squat 3x5 100kg rpe 8", "80x8 @1", "pullups bw+10 x 6 @2", "see you at the gym at 8",
          "incline db press 32,5x10 @2", "did 3 sets then went home", "deadlift 180x3 @9", "rdl 100x8", "OHP 52.5: 6, 5, 5 @8"]
