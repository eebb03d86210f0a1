namespace AltSendme.Explorer.Actions;

/// <summary>Paths as Explorer writes them on a command line.</summary>
internal static class ShellPath
{
    /// <summary>
    /// The path that was meant. A verb says <c>"%1"</c>; where the path ends in a backslash, as a drive's does, that backslash and the quote after it read as a quote. No name can hold one, so it was a backslash.
    /// </summary>
    public static string Of(string argument) => argument.EndsWith('"') ? argument[..^1] + '\\' : argument;
}
