using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Dns;

/// <summary>A DNS message (RFC 1035, section 4).</summary>
public sealed record DnsMessage
{
    /// <summary>Bytes of the longest message: TCP writes the length in 16 bits.</summary>
    public const int MaxLength = ushort.MaxValue;

    /// <summary>Questions and records that are read from one message at most.</summary>
    public const int MaxRecords = 1024;

    private const int OpcodeShift = 11;
    private const int OpcodeMask = 0x0F;
    private const int ResponseCodeMask = 0x0F;

    /// <summary>The number by which an answer finds its question; 0 in multicast DNS.</summary>
    public ushort Id { get; init; }

    /// <summary>Single flags.</summary>
    public DnsFlags Flags { get; init; }

    /// <summary>What kind of request it is; 0 is a question.</summary>
    public int Opcode { get; init; }

    /// <summary>How the server answers.</summary>
    public DnsResponseCode ResponseCode { get; init; }

    /// <summary>What is asked.</summary>
    public IReadOnlyList<DnsQuestion> Questions { get; init; } = [];

    /// <summary>What answers the questions.</summary>
    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

    /// <summary>Who is responsible; in multicast questions what the sender would like to announce.</summary>
    public IReadOnlyList<DnsRecord> Authorities { get; init; } = [];

    /// <summary>What may be useful beside.</summary>
    public IReadOnlyList<DnsRecord> Additionals { get; init; } = [];

    /// <summary>Whether this is a response, not a question.</summary>
    public bool IsResponse => Flags.HasFlag(DnsFlags.Response);

    /// <summary>Whether something was left out because it did not fit.</summary>
    public bool IsTruncated => Flags.HasFlag(DnsFlags.Truncated);

    /// <summary>Reads a message. Bytes after its end are ignored. Never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsMessage? message, out DnsFault fault)
    {
        message = null;
        if (bytes.Length > MaxLength)
        {
            fault = DnsFault.TooLong;
            return false;
        }

        var reader = new DnsReader(bytes);
        if (!reader.TryReadUInt16(out var id) || !reader.TryReadUInt16(out var flags) || !reader.TryReadUInt16(out var questionCount)
            || !reader.TryReadUInt16(out var answerCount) || !reader.TryReadUInt16(out var authorityCount) || !reader.TryReadUInt16(out var additionalCount))
        {
            fault = DnsFault.Truncated;
            return false;
        }

        if (questionCount + answerCount + authorityCount + additionalCount > MaxRecords)
        {
            fault = DnsFault.TooManyRecords;
            return false;
        }

        if (TryReadQuestions(ref reader, questionCount, out var questions) && TryReadRecords(ref reader, answerCount, out var answers)
            && TryReadRecords(ref reader, authorityCount, out var authorities) && TryReadRecords(ref reader, additionalCount, out var additionals))
        {
            message = new DnsMessage
            {
                Id = id,
                Flags = (DnsFlags)flags & (DnsFlags.Response | DnsFlags.Authoritative | DnsFlags.Truncated | DnsFlags.RecursionDesired | DnsFlags.RecursionAvailable),
                Opcode = (flags >> OpcodeShift) & OpcodeMask,
                ResponseCode = (DnsResponseCode)(flags & ResponseCodeMask),
                Questions = questions,
                Answers = answers,
                Authorities = authorities,
                Additionals = additionals,
            };
        }

        fault = reader.Fault;
        return message is not null;
    }

    /// <summary>Writes the message with compressed names. Fails when it does not fit into <paramref name="destination"/>, which is the size limit.</summary>
    public bool TryWrite(Span<byte> destination, out int length)
    {
        var writer = new DnsWriter(destination);
        writer.WriteUInt16(Id);
        writer.WriteUInt16((ushort)((ushort)Flags | ((Opcode & OpcodeMask) << OpcodeShift) | ((int)ResponseCode & ResponseCodeMask)));
        writer.WriteUInt16((ushort)Questions.Count);
        writer.WriteUInt16((ushort)Answers.Count);
        writer.WriteUInt16((ushort)Authorities.Count);
        writer.WriteUInt16((ushort)Additionals.Count);
        foreach (var question in Questions)
        {
            writer.WriteName(question.Name);
            writer.WriteUInt16((ushort)question.Type);
            writer.WriteUInt16((ushort)question.Class);
        }

        WriteRecords(ref writer, Answers);
        WriteRecords(ref writer, Authorities);
        WriteRecords(ref writer, Additionals);
        length = writer.HasOverflowed ? 0 : writer.Length;
        return !writer.HasOverflowed;
    }

    /// <summary>The message as bytes.</summary>
    /// <exception cref="InvalidOperationException">It is longer than <see cref="MaxLength"/>.</exception>
    public byte[] ToArray()
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(MaxLength);
        try
        {
            return TryWrite(buffer.AsSpan(0, MaxLength), out var length) ? buffer[..length] : throw new InvalidOperationException($"The message is longer than {MaxLength} bytes.");
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void WriteRecords(ref DnsWriter writer, IReadOnlyList<DnsRecord> records)
    {
        foreach (var record in records)
        {
            writer.WriteName(record.Name);
            writer.WriteUInt16((ushort)record.Type);
            writer.WriteUInt16((ushort)record.Class);
            writer.WriteUInt32(record.Ttl);
            var lengthAt = writer.Length;
            writer.WriteUInt16(0);
            record.Data.Write(ref writer);
            writer.SetUInt16(lengthAt, writer.Length - lengthAt - sizeof(ushort));
        }
    }

    private static bool TryReadQuestions(ref DnsReader reader, int count, out DnsQuestion[] questions)
    {
        questions = [];
        var read = new List<DnsQuestion>();
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadName(out var name) || !reader.TryReadUInt16(out var type) || !reader.TryReadUInt16(out var kind))
                return false;
            read.Add(new DnsQuestion(name, (DnsType)type, (DnsClass)kind));
        }

        questions = [.. read];
        return true;
    }

    private static bool TryReadRecords(ref DnsReader reader, int count, out DnsRecord[] records)
    {
        records = [];
        var read = new List<DnsRecord>();
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadName(out var name) || !reader.TryReadUInt16(out var type) || !reader.TryReadUInt16(out var kind)
                || !reader.TryReadUInt32(out var ttl) || !reader.TryReadUInt16(out var length) || !DnsData.TryRead(ref reader, (DnsType)type, length, out var data))
                return false;
            if (ttl > int.MaxValue && type != (ushort)DnsType.Opt)
                ttl = 0;
            read.Add(new DnsRecord(name, (DnsType)type, ttl, data) { Class = (DnsClass)kind });
        }

        records = [.. read];
        return true;
    }
}
