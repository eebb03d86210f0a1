using System.CommandLine;

namespace AltSendme.Cli.Commands;

/// <summary>Options that take one of a few words.</summary>
internal static class OptionChoices
{
    /// <summary>Refuses any other word in a sentence that names the choices.</summary>
    public static Option<string?> Among(this Option<string?> option, params string[] choices)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !choices.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
                result.AddError($"{option.Name} is one of {string.Join(", ", choices)}, not '{token.Value}'.");
        });
        return option;
    }
}
