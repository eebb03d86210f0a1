using System.Text;
using System.Text.Unicode;
using AltSendme.Primitives.Encoding;

namespace AltSendme.RelayProtocol;

/// <summary>What a relay says until the client is in: a challenge, yes, or no and why.</summary>
public readonly ref struct AuthAnswer
{
    /// <summary><see cref="FrameType.ServerChallenge"/>, <see cref="FrameType.ServerConfirmsAuth"/> or <see cref="FrameType.ServerDeniesAuth"/>.</summary>
    public FrameType Type { get; private init; }

    /// <summary>The 16 bytes of a challenge.</summary>
    public ReadOnlySpan<byte> Challenge { get; private init; }

    /// <summary>Why not: valid UTF-8, at most <see cref="RelayLimits.MaxReason"/> bytes.</summary>
    public ReadOnlySpan<byte> Reason { get; private init; }

    /// <summary>Reads a message of a relay's that has not yet said yes or no. Points into <paramref name="message"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out AuthAnswer answer, out FrameFault fault)
    {
        answer = default;
        var reader = new SpanReader(message);
        if (!FrameHead.TryRead(ref reader, out var type, out fault))
            return false;

        var valid = true;
        switch (type)
        {
            case FrameType.ServerChallenge:
                valid = RelayProtocol.Challenge.TryRead(ref reader, out var challenge);
                answer = new AuthAnswer { Type = type, Challenge = challenge };
                break;
            case FrameType.ServerConfirmsAuth:
                valid = reader.IsAtEnd;
                answer = new AuthAnswer { Type = type };
                break;
            case FrameType.ServerDeniesAuth:
                var text = new PostcardReader(reader.Remaining);
                valid = text.TryReadBytes(RelayLimits.MaxReason, out var reason) && text.Remaining.IsEmpty;
                answer = new AuthAnswer { Type = type, Reason = reason };
                break;
            default:
                fault = FrameFault.NotAllowed;
                return false;
        }

        fault = !valid ? FrameFault.BadLength : Utf8.IsValid(answer.Reason) ? FrameFault.None : FrameFault.NotText;
        return fault == FrameFault.None;
    }

    /// <summary>Writes the yes and returns its length.</summary>
    public static int WriteConfirmation(Span<byte> destination)
    {
        destination[0] = (byte)FrameType.ServerConfirmsAuth;
        return 1;
    }

    /// <summary>Writes the no and returns its length.</summary>
    /// <param name="destination">Three bytes more than the reason.</param>
    /// <param name="reason">Why, at most <see cref="RelayLimits.MaxReason"/> bytes of UTF-8.</param>
    public static int WriteDenial(Span<byte> destination, ReadOnlySpan<byte> reason)
    {
        if (reason.Length > RelayLimits.MaxReason)
            throw new ArgumentException($"A reason has at most {RelayLimits.MaxReason} bytes, not {reason.Length}.", nameof(reason));
        destination[0] = (byte)FrameType.ServerDeniesAuth;
        var position = 1;

        // Postcard's length: seven bits a byte, lowest first.
        for (var rest = reason.Length; ; rest >>= 7)
        {
            destination[position++] = (byte)(rest >= 0x80 ? rest | 0x80 : rest);
            if (rest < 0x80)
                break;
        }

        reason.CopyTo(destination[position..]);
        return position + reason.Length;
    }

    /// <summary>The reason as text.</summary>
    public string ReasonText() => Encoding.UTF8.GetString(Reason);
}
