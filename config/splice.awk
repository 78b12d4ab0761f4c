# Puts the file that `with` names between the lines "commands begin" and "commands end".
/commands end/ { inside = 0 }
!inside { print }
/commands begin/ {
    inside = 1
    while ((getline line < with) > 0)
        print line
}
