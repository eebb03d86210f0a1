using AltSendme.Abstractions;

namespace AltSendme.Core.Policy;

/// <summary>Where the token of a relay is: the policy names a file or an environment variable, so that the secret itself does not stand in a document that everybody can read.</summary>
internal static class TokenReference
{
    private const string File = "file:";
    private const string Variable = "env:";
    private const int MaxTokenLength = 4096;

    /// <summary>Whether a text is empty, <c>file:PATH</c> with an absolute path, or <c>env:NAME</c>.</summary>
    public static bool IsValid(string text) =>
        text.Length == 0
        || (text.StartsWith(File, StringComparison.Ordinal) && Path.IsPathFullyQualified(text[File.Length..]))
        || (text.StartsWith(Variable, StringComparison.Ordinal) && text.Length > Variable.Length);

    /// <summary>The token; <see langword="null"/> where the relay has none.</summary>
    /// <exception cref="PolicyException"><c>policy.invalid</c>: it can't be read. A relay that wants a token must not be tried without.</exception>
    public static string? Read(string reference, Uri relay)
    {
        if (reference.Length == 0)
            return null;
        if (reference.StartsWith(Variable, StringComparison.Ordinal))
            return Environment.GetEnvironmentVariable(reference[Variable.Length..]) is { Length: > 0 } value ? value : throw Fault(relay, $"the environment variable {reference[Variable.Length..]} is not set", null);
        try
        {
            using var reader = new StreamReader(reference[File.Length..]);
            var buffer = new char[MaxTokenLength + 1];
            var token = new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
            return token.Length is > 0 and <= MaxTokenLength ? token : throw Fault(relay, $"{reference[File.Length..]} holds no token", null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fault(relay, exception.Message, exception);
        }
    }

    private static PolicyException Fault(Uri relay, string reason, Exception? cause) =>
        new(PolicyCodes.Invalid, $"The token that policy refers to for the relay {relay.Host} (Relays:Forced) can't be read: {reason}. Ask your administrator.", cause);
}
