using AltSendme.Service.Client;
using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.DBus.Api;

/// <summary>The options of a call, taken out one by one. What is left when all that are known were taken is refused: a misspelt option must not be taken for none.</summary>
internal sealed class CallOptions
{
    private const int MaxShown = 40;

    private readonly Dictionary<string, object> _left;

    public CallOptions(object options) => _left = new Dictionary<string, object>((IReadOnlyDictionary<string, object>)options, StringComparer.Ordinal);

    /// <exception cref="ServiceException">It is there and no flag.</exception>
    public bool Flag(string name, bool whenAbsent) => Take(name) switch
    {
        null => whenAbsent,
        bool flag => flag,
        _ => throw Bad($"The option {name} must be true or false (b)."),
    };

    /// <exception cref="ServiceException">It is there and no text.</exception>
    public string? Text(string name) => Take(name) switch
    {
        null => null,
        string text => text,
        _ => throw Bad($"The option {name} must be a text (s)."),
    };

    /// <exception cref="ServiceException">It is there and no moment.</exception>
    public DateTimeOffset? Moment(string name)
    {
        long? seconds = Take(name) switch
        {
            null => null,
            long number => number,
            int number => number,
            uint number => number,
            ulong number and <= long.MaxValue => (long)number,
            _ => throw Bad($"The option {name} must be a number of seconds since 1970 (x)."),
        };
        if (seconds is not { } since)
            return null;
        return since >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && since <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(since)
            : throw Bad($"The option {name} names a moment that no calendar has.");
    }

    /// <exception cref="ServiceException">It is there and none of the words.</exception>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        return text.Length > 0 && char.IsAsciiLetterLower(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var word) && text.All(char.IsAsciiLetterLower)
            ? word
            : throw Bad($"The option {name} must be one of {string.Join(", ", Enum.GetNames<T>().Select(static word => word.ToLowerInvariant()))}.");
    }

    /// <exception cref="ServiceException">There are options that nobody took.</exception>
    public void ThrowIfAnyLeft()
    {
        if (_left.Count > 0)
            throw Bad($"There is no option '{Notifications.ShownText.Of(_left.Keys.First(), MaxShown)}'.");
    }

    private static ServiceException Bad(string message) => new(ServiceCodes.BadRequest, message);

    private object? Take(string name) => _left.Remove(name, out var value) ? ((Variant)value).Value : null;
}
