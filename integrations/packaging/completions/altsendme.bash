# Completions of altsendme for bash, made from its commands.
_altsendme() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' commands='' options='' kind='' word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
        case "$command $word" in
            ' send' | ' receive' | ' share' | ' shares' | 'shares list' | 'shares show' | 'shares stop' | ' receives' | 'receives list' | 'receives cancel' | 'receives resume' | 'receives discard' | ' service' | 'service run' | 'service status' | 'service stop' | ' ticket' | 'ticket inspect' | ' plugins' | 'plugins list' | 'plugins info' | 'plugins verify' | 'plugins install' | 'plugins remove' | 'plugins sign' | ' relay' | 'relay test' | 'relay serve' | ' version' | ' config' | 'config get' | 'config set' | 'config list' | 'config path' | ' integrate' | 'integrate install' | 'integrate remove' | 'integrate status' | ' settings' | ' policy' | 'policy show' | 'policy check' | ' doctor')
                command=${command:+$command }$word ;;
        esac
    done
    case "$command $previous" in
        'send --text') return ;;
        'send --ticket-type') mapfile -t COMPREPLY < <(compgen -W 'auto id relay addresses full' -- "$current"); return ;;
        'send --name') return ;;
        'send --relay') mapfile -t COMPREPLY < <(compgen -W 'default disabled' -- "$current"); return ;;
        'send --relay-token') return ;;
        'send --discovery') mapfile -t COMPREPLY < <(compgen -W 'on off' -- "$current"); return ;;
        'receive --output' | 'receive -o') compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
        'receive --relay') mapfile -t COMPREPLY < <(compgen -W 'default disabled' -- "$current"); return ;;
        'receive --relay-token') return ;;
        'receive --discovery') mapfile -t COMPREPLY < <(compgen -W 'on off' -- "$current"); return ;;
        'plugins sign --key') compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        'relay test --relay-token') return ;;
        'integrate install --at-login') mapfile -t COMPREPLY < <(compgen -W 'true false' -- "$current"); return ;;
        'integrate install --root') compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
        'integrate remove --root') compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
        'integrate status --root') compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
    esac
    case "$command" in
        '') commands='send receive share shares receives service ticket plugins relay version config integrate settings policy doctor'; options='--help -h --version --verbose -v' ;;
        'send') options='--text --ticket-type --broadcast --background --copy --notify --name --relay --relay-token --discovery --json --no-progress --help -h --verbose -v'; kind=-f ;;
        'receive') options='--output -o --yes -y --background --wait --dialog --overwrite --rename --skip --relay --relay-token --discovery --json --no-progress --help -h --verbose -v'; kind=-f ;;
        'share') options='--dialog --help -h --verbose -v'; kind=-f ;;
        'shares') commands='list show stop'; options='--help -h --verbose -v' ;;
        'shares list') options='--json --help -h --verbose -v' ;;
        'shares show') options='--json --help -h --verbose -v' ;;
        'shares stop') options='--help -h --verbose -v' ;;
        'receives') commands='list cancel resume discard'; options='--help -h --verbose -v' ;;
        'receives list') options='--json --help -h --verbose -v' ;;
        'receives cancel') options='--help -h --verbose -v' ;;
        'receives resume') options='--help -h --verbose -v' ;;
        'receives discard') options='--help -h --verbose -v' ;;
        'service') commands='run status stop'; options='--help -h --verbose -v' ;;
        'service run') options='--help -h --verbose -v' ;;
        'service status') options='--json --help -h --verbose -v' ;;
        'service stop') options='--help -h --verbose -v' ;;
        'ticket') commands='inspect'; options='--help -h --verbose -v' ;;
        'ticket inspect') options='--json --help -h --verbose -v'; kind=-f ;;
        'plugins') commands='list info verify install remove sign'; options='--help -h --verbose -v' ;;
        'plugins list') options='--json --help -h --verbose -v' ;;
        'plugins info') options='--json --help -h --verbose -v' ;;
        'plugins verify') options='--load --json --help -h --verbose -v' ;;
        'plugins install') options='--yes -y --replace --help -h --verbose -v'; kind=-f ;;
        'plugins remove') options='--help -h --verbose -v' ;;
        'plugins sign') options='--key --new-key --help -h --verbose -v'; kind=-d ;;
        'relay') commands='test serve'; options='--help -h --verbose -v' ;;
        'relay test') options='--relay-token --help -h --verbose -v' ;;
        'relay serve') options='--help -h --verbose -v' ;;
        'version') options='--help -h --verbose -v' ;;
        'config') commands='get set list path'; options='--help -h --verbose -v' ;;
        'config get') options='--help -h --verbose -v' ;;
        'config set') options='--help -h --verbose -v' ;;
        'config list') options='--json --help -h --verbose -v' ;;
        'config path') options='--help -h --verbose -v' ;;
        'integrate') commands='install remove status'; options='--help -h --verbose -v' ;;
        'integrate install') options='--system --at-login --root --json --help -h --verbose -v' ;;
        'integrate remove') options='--system --root --json --help -h --verbose -v' ;;
        'integrate status') options='--system --root --json --help -h --verbose -v' ;;
        'settings') options='--dialog --help -h --verbose -v' ;;
        'policy') commands='show check'; options='--help -h --verbose -v' ;;
        'policy show') options='--json --help -h --verbose -v' ;;
        'policy check') options='--help -h --verbose -v'; kind=-f ;;
        'doctor') options='--help -h --verbose -v' ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    elif [[ -n $commands ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
    elif [[ -n $kind ]]; then
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen "$kind" -- "$current")
    fi
}
complete -F _altsendme altsendme
