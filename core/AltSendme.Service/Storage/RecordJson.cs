using System.Text.Json;
using System.Text.Json.Serialization;
using AltSendme.Core.Receiving;
using AltSendme.Core.Settings;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;

namespace AltSendme.Service.Storage;

/// <summary>The JSON of records on disk.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WordConverter<ReceiveState>), typeof(WordConverter<ErrorKind>), typeof(WordConverter<TicketForm>), typeof(WordConverter<ConflictRule>)])]
[JsonSerializable(typeof(ShareRecord))]
[JsonSerializable(typeof(ReceiveRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
