using System.Diagnostics.CodeAnalysis;
using AltSendme.Abstractions;

namespace AltSendme.Core.Policy;

/// <summary>What policy says to one thing that somebody wants to do.</summary>
public readonly record struct PolicyVerdict
{
    /// <summary>Policy has nothing against it.</summary>
    public static readonly PolicyVerdict Allowed;

    private PolicyVerdict(string code, string message)
    {
        Code = code;
        Message = message;
    }

    /// <summary>Whether it may be done.</summary>
    [MemberNotNullWhen(false, nameof(Code), nameof(Message))]
    public bool IsAllowed => Code is null;

    /// <summary>One of <see cref="PolicyCodes"/>, when it may not.</summary>
    public string? Code { get; }

    /// <summary>What is forbidden, by which key of which source, and what to do; when it may not.</summary>
    public string? Message { get; }

    /// <summary>It may not be done.</summary>
    /// <param name="code">One of <see cref="PolicyCodes"/>.</param>
    /// <param name="message">What is forbidden, by which key of which source, and what to do.</param>
    public static PolicyVerdict Denied(string code, string message) => new(code, message);

    /// <summary>The refusal as an exception.</summary>
    /// <exception cref="InvalidOperationException">It is allowed.</exception>
    public PolicyException ToException() => IsAllowed ? throw new InvalidOperationException("What is allowed is no error.") : new PolicyException(Code, Message);

    /// <summary>Refuses what is not allowed.</summary>
    /// <exception cref="PolicyException">It is not allowed.</exception>
    public void ThrowIfDenied()
    {
        if (!IsAllowed)
            throw ToException();
    }
}
