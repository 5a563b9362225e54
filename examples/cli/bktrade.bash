# SPDX-License-Identifier: MIT
# Completion of bktrade for bash: commands, options (asked from the program itself), files.
_bktrade() {
    local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "info convert diff structure balance project backtest target plot validate url help --help --version" -- "$word")
    elif [ "${word#-}" != "$word" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$(bktrade "$command" --help 2>/dev/null |
            sed -n 's/^  \(--[a-z-]*\).*/\1/p') --help" -- "$word")
    elif [ "$command" = url ] && [ "$COMP_CWORD" -eq 2 ]; then
        mapfile -t COMPREPLY < <(compgen -W "$(bktrade url 2>/dev/null | cut -d ' ' -f 1)" -- "${word^^}")
    fi
}
complete -o default -F _bktrade bktrade
